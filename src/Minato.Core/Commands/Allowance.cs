namespace Minato.Core.Commands;

/// <summary>
/// How often somebody may do what others must put up with: some at once, then at an even pace. Kept as one number, the moment at which
/// they would be level again (GCRA), so that a restart is no way around it.
/// </summary>
/// <param name="AtOnce">After a long rest.</param>
/// <param name="EachHour">From then on.</param>
public readonly record struct Allowance(int AtOnce, int EachHour)
{
    /// <summary>Direct rooms that were not there: 480 a day, where X lets one send 500 direct messages.</summary>
    public static readonly Allowance DirectRooms = new(20, 20);

    /// <summary>Reports: a flood of spam is reported message by message, and whoever reads them has an hour, too.</summary>
    public static readonly Allowance Reports = new(20, 60);

    /// <summary>Files: the pictures of a day at once, then one every eighteen seconds. Discord takes 10 a message and 5 messages in 5 s.</summary>
    public static readonly Allowance Files = new(100, 200);

    /// <summary>Keys that were tried: a slip of the hand is forgiven, and a list of words takes years.</summary>
    public static readonly Allowance Keys = new(20, 60);

    /// <summary>Other names for rooms: whoever is there is told, at IRC clients with everybody's name once more.</summary>
    public static readonly Allowance Slugs = new(30, 20);

    private long Interval => 3_600_000 / EachHour;

    /// <summary>The new moment at which they are level, milliseconds since 1970 UTC; null: not now.</summary>
    /// <param name="levelAt">The moment before; null: they never did it.</param>
    public long? Take(long? levelAt, long now)
    {
        var level = Level(levelAt, now);
        return level - now <= Ahead ? level + Interval : null;
    }

    /// <summary>How long until <see cref="Take"/> lets one through; zero or less: it does now.</summary>
    public TimeSpan Wait(long? levelAt, long now) => TimeSpan.FromMilliseconds(Level(levelAt, now) - now - Ahead);

    /// <summary>How far ahead of level one may be to be let through, in milliseconds.</summary>
    private long Ahead => (AtOnce - 1) * Interval;

    /// <summary>Further ahead than anybody gets: the clock went back, and nobody waits for that.</summary>
    private long Level(long? levelAt, long now) => levelAt is { } known && known > now && known <= now + (AtOnce * Interval) ? known : now;
}
