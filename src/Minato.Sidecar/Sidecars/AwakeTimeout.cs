namespace Minato.Sidecar;

/// <summary>
/// A timeout of time in which this process could run. Whoever is stopped together with its program (^Z and fg, a frozen container, a debugger) goes on
/// where it was, and does not find that an hour has gone by in which neither could do anything. While a machine sleeps, the system's clock itself stands still (Linux).
/// </summary>
internal sealed class AwakeTimeout : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>What counts of the time between two looks: a busy machine is late by less.</summary>
    private static readonly TimeSpan MostOfStep = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _looked;
    private bool _isDisposed;

    /// <param name="wait">May be infinite.</param>
    internal AwakeTimeout(TimeSpan wait, TimeProvider time)
    {
        (_left, _time, _looked) = (wait, time, time.GetTimestamp());
        _timer = time.CreateTimer(static t => ((AwakeTimeout)t!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (wait != Timeout.InfiniteTimeSpan)
            lock (_gate)
                Arm();
    }

    internal bool IsOver => _over.IsCancellationRequested;

    internal CancellationToken Token => _over.Token;

    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        _timer.Dispose();
        _over.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            var now = _time.GetTimestamp();
            var passed = _time.GetElapsedTime(_looked, now);
            _looked = now;
            _left -= passed < MostOfStep ? passed : MostOfStep;
            if (_left > TimeSpan.Zero)
            {
                Arm();
                return;
            }
        }
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more, since this moment.
        }
    }

    private void Arm() => _timer.Change(_left < Step ? _left : Step, Timeout.InfiniteTimeSpan);
}
