namespace Minato.Server.Sessions;

internal static class Clock
{
    /// <summary>A source that cancels itself after a while of this clock.</summary>
    internal static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider clock, TimeSpan delay) => new(delay, clock);
}
