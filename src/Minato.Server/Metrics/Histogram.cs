namespace Minato.Server.Metrics;

/// <summary>How often a value was at most this or that. One thread observes, others read: plain adds, and a reader may miss the newest.</summary>
/// <param name="bounds">Upper bounds, rising; above the last one there is one more bucket.</param>
internal sealed class Histogram(params double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    internal IReadOnlyList<double> Bounds { get; } = bounds;

    internal double Sum => Volatile.Read(ref _sum);

    internal void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        Volatile.Write(ref _sum, _sum + value);
    }

    /// <summary>In each bucket alone, not together with those below.</summary>
    internal long[] Counts() => [.. _counts.Select((_, i) => Volatile.Read(ref _counts[i]))];
}
