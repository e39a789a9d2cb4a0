using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>Tells the server how far one has read: the newest position of each room, coalesced, again after a reconnect.</summary>
internal sealed class ReadPositions : IDisposable
{
    /// <summary>As often as the server writes them down; the browser client's, too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomRef, long> _untold = [];
    private readonly ITimer _timer;
    private Link? _link;
    private bool _isResting;

    internal ReadPositions(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    internal void Tell(RoomRef room, long seq)
    {
        lock (_gate)
        {
            _untold[room] = Math.Max(seq, _untold.GetValueOrDefault(room));
            Flush();
        }
    }

    internal void Online(Link link)
    {
        lock (_gate)
        {
            _link = link;
            Flush();
        }
    }

    internal void Offline()
    {
        lock (_gate)
            _link = null;
    }

    public void Dispose() => _timer.Dispose();

    private void Rested()
    {
        lock (_gate)
        {
            _isResting = false;
            Flush();
        }
    }

    private void Flush()
    {
        if (_isResting || _link is null || _untold.Count == 0)
            return;
        foreach (var (room, seq) in _untold)
            _link.Send(new ReadFrame(room, seq));
        _untold.Clear();
        _isResting = true;
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }
}
