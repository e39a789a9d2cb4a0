using System.Numerics;

namespace Minato.Cli.Bench;

/// <summary>Times, counted in buckets at most 7 % wide; any thread adds.</summary>
internal sealed class Latencies
{
    private const int StepBits = 4, Steps = 1 << StepBits;

    private readonly long[] _counts = new long[64 * Steps];

    internal void Add(TimeSpan time) => Interlocked.Increment(ref _counts[BucketOf((ulong)Math.Max(time.Ticks, 0))]);

    /// <param name="part">0 to 1.</param>
    /// <returns>The time below which that part of all lies; null where there is none.</returns>
    internal TimeSpan? Quantile(double part)
    {
        var counts = (long[])_counts.Clone();
        var left = (long)(counts.Sum() * part);
        for (var bucket = 0; bucket < counts.Length; bucket++)
            if ((left -= counts[bucket]) < 0)
                return TimeSpan.FromTicks(MiddleOf(bucket));
        return null;
    }

    private static int BucketOf(ulong ticks)
    {
        if (ticks < Steps)
            return (int)ticks;
        var shift = BitOperations.Log2(ticks) - StepBits;
        return (shift + 1) * Steps + (int)(ticks >> shift) - Steps;
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < Steps)
            return bucket;
        var shift = bucket / Steps - 1;
        return ((long)(Steps + bucket % Steps) << shift) + ((1L << shift) / 2);
    }
}
