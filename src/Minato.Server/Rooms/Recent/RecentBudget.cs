namespace Minato.Server.Rooms.Recent;

/// <summary>The memory that the newest events of all rooms may take together, their encodings included.</summary>
/// <param name="max">Bytes.</param>
internal sealed class RecentBudget(long max = RecentBudget.DefaultMax)
{
    /// <summary>64 MiB: the newest hundred messages in a few thousand rooms at once, on a machine of 512 MiB.</summary>
    internal const long DefaultMax = 64 * 1024 * 1024;

    private long _used;

    /// <summary>Bytes.</summary>
    internal long Used => Volatile.Read(ref _used);

    internal bool IsOver => Used > max;

    internal void Add(long bytes) => Interlocked.Add(ref _used, bytes);
}
