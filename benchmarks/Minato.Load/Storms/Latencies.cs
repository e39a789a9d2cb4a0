namespace Minato.Load.Storms;

/// <summary>How long posts took, by when they were sent.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<(long SentAt, double Milliseconds)> _all = [];

    /// <param name="sentAt">A timestamp of the machine's monotonic clock: the same in all processes.</param>
    internal void Add(long sentAt, double milliseconds)
    {
        lock (_gate)
            _all.Add((sentAt, milliseconds));
    }

    /// <summary>Of posts sent from one moment to another.</summary>
    internal Spread Between(long from, long to)
    {
        lock (_gate)
            return Spread.Of(_all.Where(l => l.SentAt >= from && l.SentAt < to).Select(l => l.Milliseconds));
    }
}

/// <summary>What a half, 99 of 100 and all of them stay below.</summary>
internal sealed record Spread(int Count, double P50, double P99, double Max)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? new Spread(0, double.NaN, double.NaN, double.NaN) : new Spread(sorted.Length, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], sorted[^1]);
    }
}
