using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>Which errors pass by themselves.</summary>
internal static class Retry
{
    private static readonly TimeSpan IfUnsaid = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>How long to wait before the same frame is sent again; null: the answer is final.</summary>
    internal static TimeSpan? After(ErrorFrame error) => error switch
    {
        // Said where trying again makes sense, by newer servers for errors that this client does not know as well.
        { RetryAfter: { } wait } => wait > Shortest ? wait : Shortest,
        { Code: "rate_limited" or "busy" or "storage_full" or "storage_away" } => IfUnsaid,
        _ => null,
    };
}
