using System.Diagnostics;

namespace Minato.LogBench.Measuring;

/// <summary>How long something took, many times. One thread adds; it is asked when that is over.</summary>
internal sealed class Timings
{
    private readonly List<long> _ticks = [];

    internal int Count => _ticks.Count;

    internal void Add(long ticks) => _ticks.Add(ticks);

    /// <summary>Takes the time of one act.</summary>
    internal void Take(Action act)
    {
        var start = Stopwatch.GetTimestamp();
        act();
        Add(Stopwatch.GetTimestamp() - start);
    }

    /// <returns>Microseconds.</returns>
    internal double Quantile(double q)
    {
        if (_ticks.Count == 0)
            return 0;
        _ticks.Sort();
        return _ticks[Math.Min((int)(_ticks.Count * q), _ticks.Count - 1)] * 1e6 / Stopwatch.Frequency;
    }

    internal double Median => Quantile(0.5);

    internal double P99 => Quantile(0.99);
}
