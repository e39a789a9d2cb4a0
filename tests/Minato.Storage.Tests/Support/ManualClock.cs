namespace Minato.Storage.Tests;

/// <summary>A clock that goes when it is told to, also backwards; or a little at every look.</summary>
public sealed class ManualClock : TimeProvider
{
    private TimeSpan _passed;

    public DateTimeOffset Now { get; set; } = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    public TimeSpan PerLook { get; set; }

    public long NowMs => Now.ToUnixTimeMilliseconds();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by)
    {
        Now += by;
        _passed += by;
    }

    public override DateTimeOffset GetUtcNow() => Now += PerLook;

    public override long GetTimestamp() => _passed.Ticks;
}
