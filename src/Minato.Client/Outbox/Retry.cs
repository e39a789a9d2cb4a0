using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>Which errors pass by themselves.</summary>
internal static class Retry
{
    private static readonly TimeSpan IfUnsaid = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>As long as somebody still means what they wrote, as the page's; beyond that they are asked.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A connection that is too fast waits for moments. Longer is what one may do so many times an hour, and nothing else should wait for it.</summary>
    private static readonly TimeSpan LongestOfPace = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before the same frame is sent again; null: the answer is final.</summary>
    internal static TimeSpan? After(ErrorFrame error) => error switch
    {
        { RetryAfter: { } wait } when wait > (error.Code == "rate_limited" ? LongestOfPace : Longest) => null,
        // Said where trying again makes sense, by newer servers for errors that this client does not know as well.
        { RetryAfter: { } wait } => wait > Shortest ? wait : Shortest,
        { Code: "rate_limited" or "busy" or "storage_full" or "storage_away" } => IfUnsaid,
        _ => null,
    };
}
