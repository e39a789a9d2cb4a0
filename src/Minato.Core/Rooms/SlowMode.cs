namespace Minato.Core.Rooms;

/// <summary>How long somebody waits from one post of theirs to the next. Without it: not at all. Whoever keeps order is exempt.</summary>
public static class SlowMode
{
    /// <summary>Seconds.</summary>
    public const long MinSeconds = 1;

    /// <summary>Six hours, as Discord's.</summary>
    public const long MaxSeconds = 21_600;

    public static bool IsValid(long seconds) => seconds is >= MinSeconds and <= MaxSeconds;

    /// <summary>What is still to be waited; null: nothing. A clock that went back makes nobody wait for it.</summary>
    /// <param name="last">When they last posted here, milliseconds since 1970 UTC.</param>
    public static TimeSpan? Wait(long last, long now, long seconds)
    {
        var left = last + (seconds * 1000) - now;
        return last <= now && left > 0 ? TimeSpan.FromMilliseconds(left) : null;
    }
}
