namespace Minato.Client;

/// <summary>Pings when nothing was said, or nothing heard, for <c>interval</c>; calls <c>dead</c> when nothing was heard for <c>timeout</c>.</summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>A server that asks for more than this many pings a second is not believed.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly Action _ping;
    private readonly Action _dead;
    private readonly ITimer _timer;
    private long _said;
    private long _heard;
    private long _pinged;
    private long _due;
    private bool _isPaused;

    internal Heartbeat(TimeProvider time, TimeSpan interval, TimeSpan timeout, Action ping, Action dead)
    {
        _time = time;
        _interval = interval > Shortest ? interval : Shortest;
        _timeout = timeout > _interval ? timeout : _interval * 2;
        _ping = ping;
        _dead = dead;
        _said = _heard = _pinged = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
            Arm(_said);
    }

    internal void Said()
    {
        lock (_gate)
            _said = _time.GetTimestamp();
    }

    internal void Heard()
    {
        lock (_gate)
            _heard = _time.GetTimestamp();
    }

    /// <summary>Nobody listens for now: silence is not the server's.</summary>
    internal void Pause()
    {
        lock (_gate)
            _isPaused = true;
    }

    internal void Resume()
    {
        lock (_gate)
        {
            _isPaused = false;
            _heard = _time.GetTimestamp();
        }
    }

    public void Dispose() => _timer.Dispose();

    // The timer is not moved at each frame: a busy room would do nothing else. It looks back when it rings.
    private void Ring()
    {
        bool isDead, isSilent;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            // A process that was stopped for a while heard nothing because it did not listen.
            if (_isPaused || _time.GetElapsedTime(_due, now) > _interval)
                _heard = now;
            isDead = _time.GetElapsedTime(_heard, now) >= _timeout;
            isSilent = _time.GetElapsedTime(_said, now) >= _interval || _time.GetElapsedTime(Math.Max(_heard, _pinged), now) >= _interval;
            if (isSilent)
                _said = _pinged = now;
            if (!isDead)
                Arm(now);
        }
        if (isDead)
            _dead();
        else if (isSilent)
            _ping();
    }

    private void Arm(long now)
    {
        var wait = new[]
        {
            _interval - _time.GetElapsedTime(_said, now),
            _interval - _time.GetElapsedTime(Math.Max(_heard, _pinged), now),
            _timeout - _time.GetElapsedTime(_heard, now),
        }.Min();
        if (wait < TimeSpan.FromMilliseconds(1))
            wait = TimeSpan.FromMilliseconds(1);
        _due = now + (long)(wait.TotalSeconds * _time.TimestampFrequency);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
