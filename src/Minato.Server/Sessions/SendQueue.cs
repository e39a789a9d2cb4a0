using System.Net.Sockets;

namespace Minato.Server.Sessions;

/// <summary>
/// What one connection has still to be sent: bytes shared with every other receiver, in order, bounded. Queueing never waits.
/// A flush sends what the kernel takes at once; the rest follows on its own when the peer reads, and nobody else notices.
/// </summary>
/// <param name="capacity">Bytes that may wait. Past it the queue is full for good: the connection is to be closed as slow.</param>
/// <param name="maxPieces">Pieces that may wait, however small.</param>
internal sealed class SendQueue(Outlet outlet, TimeProvider clock, int capacity = SendQueue.DefaultCapacity, int maxPieces = SendQueue.MaxPieces) : IAsyncDisposable
{
    /// <summary>1 MiB, as Centrifugo's: seconds of a busy room, and memory for a thousand stuck readers.</summary>
    internal const int DefaultCapacity = 1024 * 1024;

    /// <summary>
    /// 16,384: an entry and an array of its own make some 64 bytes for each, 1 MiB for all. Events are larger, and it is their bytes that
    /// count; but the two bytes that answer an empty ping would else cost thirty times what they say.
    /// </summary>
    internal const int MaxPieces = 16 * 1024;

    /// <summary>The part of the capacity past which a peer reads too slowly for what may be lost: a quarter.</summary>
    private const int DroppableShare = 4;

    /// <summary>Small pieces are gathered up to this size into one send.</summary>
    private const int GatherBytes = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _gather;

    private readonly Lock _gate = new();
    private CancellationTokenSource? _aborted; // of the pump; null: none ever ran
    private ReadOnlyMemory<byte> _first; // of what waits; empty when nothing does: one piece that leaves at once, the usual case, costs no memory
    private Queue<ReadOnlyMemory<byte>>? _more; // what waits behind it
    private int _sentOfFirst;
    private long _bytes;
    private bool _broken;
    private bool _closed;
    private Task _pump = Task.CompletedTask;
    private long _stuckSince;
    private TaskCompletionSource? _below;
    private long _awaited;

    /// <summary>The turn that touched it last; the turn's own mark.</summary>
    internal long Turn { get; set; }

    /// <summary>Bytes that wait.</summary>
    internal long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>How long the peer has not taken a byte although some wait.</summary>
    internal TimeSpan StuckFor
    {
        get
        {
            lock (_gate)
                return _pump.IsCompleted ? TimeSpan.Zero : clock.GetElapsedTime(_stuckSince);
        }
    }

    /// <summary>False: full. The bytes are not copied: they must never change.</summary>
    internal bool TryEnqueue(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (_closed || _broken)
                return true; // nobody will read them; whoever closed it knows
            if (_bytes + bytes.Length > capacity || 1 + _more?.Count >= maxPieces)
                return false;
            Append(bytes);
            return true;
        }
    }

    /// <summary>For what may be lost: taken only while little waits, so that all of the rest is left to what must arrive.</summary>
    internal bool TryEnqueueDroppable(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
            return _bytes + bytes.Length <= capacity / DroppableShare && TryEnqueue(bytes);
    }

    /// <summary>Sends what goes at once.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            if (_broken || !_pump.IsCompleted)
                return;
            while (_bytes > 0)
            {
                var sent = outlet.TrySend(Gather());
                if (sent < 0)
                {
                    Break();
                    return;
                }
                if (sent == 0)
                    break;
                Advance(sent);
            }
            if (_bytes == 0 && !outlet.IsBusy)
                return;
            _stuckSince = clock.GetTimestamp();
            _aborted ??= new CancellationTokenSource();
            _pump = PumpAsync(_aborted.Token);
        }
    }

    /// <summary>Queues last words, whatever the capacity, and takes nothing more.</summary>
    /// <param name="dropWaiting">Whether what waits is dropped: a slow peer is told why, if it still reads.</param>
    internal void CloseWith(ReadOnlyMemory<byte> last, bool dropWaiting)
    {
        lock (_gate)
        {
            if (_closed || _broken)
                return;
            if (!dropWaiting)
            {
                Append(last);
                _closed = true;
            }
            else
                KeepBegunAnd(last);
        }
        Flush();
    }

    /// <summary>Completes when at most half of the capacity waits: time for more of what can be fetched again.</summary>
    internal Task WhenHalfEmpty() => WhenAtMost(capacity / 2);

    /// <summary>Completes when so many bytes would still leave half of the capacity for others; for more than that, when nothing waits.</summary>
    internal Task WhenRoomFor(int bytes) => WhenAtMost(Math.Max(0, (capacity / 2) - bytes));

    /// <summary>Takes nothing more; completes when all is handed to the kernel, or the connection is broken.</summary>
    internal Task DrainAsync()
    {
        lock (_gate)
            _closed = true;
        Flush();
        // Nothing more comes: what did not go at once, the pump ends with.
        lock (_gate)
            return _pump;
    }

    /// <summary>Drops what waits and ends the pump.</summary>
    public async ValueTask DisposeAsync()
    {
        // Broken, it starts no pump any more.
        lock (_gate)
            Break();
        if (_aborted is null)
            return;
        await _aborted.CancelAsync();
        await _pump;
        _aborted.Dispose();
    }

    private void Append(ReadOnlyMemory<byte> bytes)
    {
        _bytes += bytes.Length;
        if (_first.IsEmpty)
            _first = bytes;
        else if (!bytes.IsEmpty)
            (_more ??= new Queue<ReadOnlyMemory<byte>>()).Enqueue(bytes);
    }

    /// <summary>The next bytes in one piece: the first segment's rest, or several small ones copied together.</summary>
    private ReadOnlySpan<byte> Gather()
    {
        var first = _first.Span[_sentOfFirst..];
        if (_more is not { Count: > 0 } || first.Length >= GatherBytes)
            return first;
        var gather = _gather ??= new byte[GatherBytes];
        first.CopyTo(gather);
        var length = first.Length;
        foreach (var segment in _more)
        {
            var fits = Math.Min(segment.Length, GatherBytes - length);
            segment.Span[..fits].CopyTo(gather.AsSpan(length));
            length += fits;
            if (fits < segment.Length)
                break;
        }
        return gather.AsSpan(0, length);
    }

    /// <summary>One waiter at a time: the session's own loop.</summary>
    private Task WhenAtMost(long bytes)
    {
        lock (_gate)
        {
            if (_bytes <= bytes)
                return Task.CompletedTask;
            _awaited = bytes;
            _below ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _below.Task;
        }
    }

    private void WakeWaiter()
    {
        if (_below is null || _bytes > _awaited)
            return;
        _below.SetResult();
        _below = null;
    }

    /// <summary>A frame that has begun is ended; those behind it are dropped whole.</summary>
    private void KeepBegunAnd(ReadOnlyMemory<byte> last)
    {
        if (_sentOfFirst == 0 && _pump.IsCompleted)
            _first = default;
        _more = null;
        _bytes = _first.Length - _sentOfFirst;
        Append(last);
        _closed = true;
        WakeWaiter();
    }

    private void Advance(int sent)
    {
        _bytes -= sent;
        for (sent += _sentOfFirst; !_first.IsEmpty && sent >= _first.Length; _first = _more is { Count: > 0 } ? _more.Dequeue() : default)
            sent -= _first.Length;
        _sentOfFirst = sent;
        if (_bytes == 0)
            _more = null; // a sleeping connection keeps nothing
        WakeWaiter();
    }

    private void Break()
    {
        _broken = true;
        _first = default;
        _more = null;
        _bytes = 0;
        _sentOfFirst = 0;
        WakeWaiter();
    }

    /// <summary>Runs only while the peer does not read as fast as it is sent to; owned by the queue and awaited when it ends.</summary>
    private async Task PumpAsync(CancellationToken aborted)
    {
        await Task.Yield(); // leave the lock of whoever started it
        try
        {
            while (true)
            {
                ReadOnlyMemory<byte> next;
                lock (_gate)
                {
                    if (_bytes == 0 && !outlet.IsBusy)
                    {
                        // Under the lock: who enqueues next must find no pump, or one that still looks.
                        _pump = Task.CompletedTask;
                        return;
                    }
                    next = _first[_sentOfFirst..];
                }
                await outlet.SendAsync(next, aborted);
                lock (_gate)
                {
                    _stuckSince = clock.GetTimestamp();
                    if (!_broken && next.Length > 0)
                        Advance(next.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            lock (_gate)
                Break();
        }
    }
}
