namespace Minato.Core.Rooms;

/// <summary>How long a room keeps what is said, by the room's own times. Without it: for ever.</summary>
public static class Retention
{
    /// <summary>Days.</summary>
    public const long MinDays = 1;

    /// <summary>Ten years; Slack's longest is as long.</summary>
    public const long MaxDays = 3650;

    public static bool IsValid(long days) => days is >= MinDays and <= MaxDays;

    /// <summary>What is older is not kept, milliseconds since 1970 UTC.</summary>
    public static long Cutoff(long now, long days) => now - (long)TimeSpan.FromDays(days).TotalMilliseconds;
}
