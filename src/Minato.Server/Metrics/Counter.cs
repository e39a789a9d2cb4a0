namespace Minato.Server.Metrics;

/// <summary>A number that only grows, counted by any thread.</summary>
internal sealed class Counter
{
    private long _value;

    internal long Value => Volatile.Read(ref _value);

    internal void Add(long more = 1) => Interlocked.Add(ref _value, more);
}

/// <summary>A number that goes up and down, changed by any thread.</summary>
internal sealed class Gauge
{
    private long _value;

    internal long Value => Volatile.Read(ref _value);

    internal void Add(long change) => Interlocked.Add(ref _value, change);
}
