using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Minato.Server.Listening.Sockets;

/// <summary>
/// What a peer says, taken from its socket when somebody reads. A silent peer costs one receive of no bytes that is pending: memory is rented
/// when the kernel has bytes for us, and given back when all of them are consumed. For one reader at a time; only
/// <see cref="CancelPendingRead"/> may come from elsewhere.
/// </summary>
internal sealed class SocketReader : PipeReader, IValueTaskSource<ReadResult>, IDisposable
{
    /// <summary>Bytes taken at a time, as Kestrel's.</summary>
    private const int Block = 4096;

    /// <summary>Bytes that may be left unconsumed, as Kestrel's: 1 MiB. Nobody here leaves more than the head of a request.</summary>
    private const int MaxUnconsumed = 1024 * 1024;

    private readonly Socket _socket;
    private readonly Bell _bell;
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<ReadResult> _source;
    private CancellationTokenRegistration _cancelling;
    private CancellationToken _token; // of the read that waits
    private byte[]? _bytes; // what came and is not consumed lies from _start to _end
    private int _start;
    private int _end;
    private int _examined;
    private bool _isOver;
    private bool _isWaiting; // somebody awaits the source; whoever sets it back completes it
    private bool _isArmed; // the bell rings when the socket is readable
    private bool _isCancelled; // the next read is

    internal SocketReader(Socket socket)
    {
        _socket = socket;
        _bell = new Bell(this);
        // So that a synchronous receive answers "would block".
        socket.Blocking = false;
    }

    /// <exception cref="ConnectionResetException">By the peer.</exception>
    /// <exception cref="ConnectionAbortedException">From this side.</exception>
    /// <exception cref="OperationCanceledException">By the token; what comes meanwhile is there for the next read.</exception>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        _source.Reset();
        bool arms;
        lock (_gate)
        {
            if (TryReadNow(out var result))
                return new ValueTask<ReadResult>(result);
            (_isWaiting, _token, arms, _isArmed) = (true, cancellationToken, !_isArmed, true);
        }
        _cancelling = cancellationToken.UnsafeRegister(static (reader, token) => ((SocketReader)reader!).Cancel(token), this);
        if (arms)
            Arm();
        return new ValueTask<ReadResult>(this, _source.Version);
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
            return TryReadNow(out result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_bytes is null)
            return;
        var unconsumed = Unconsumed;
        _examined = _start + (int)unconsumed.Slice(0, examined).Length;
        _start += (int)unconsumed.Slice(0, consumed).Length;
        if (_start == _end)
            GiveBack();
    }

    public override void CancelPendingRead()
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isCancelled = true;
                return;
            }
            _isWaiting = false;
        }
        // Whoever cancels is not kept by what follows.
        _source.RunContinuationsAsynchronously = true;
        _source.SetResult(Result(isCanceled: true));
    }

    public override void Complete(Exception? exception = null) => Dispose();

    public void Dispose()
    {
        GiveBack();
        _bell.Dispose();
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        _cancelling.Dispose();
        _cancelling = default;
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private ReadOnlySequence<byte> Unconsumed => _bytes is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_bytes, _start, _end - _start);

    private ReadResult Result(bool isCanceled) => new(Unconsumed, isCanceled, _isOver);

    /// <summary>Under the lock.</summary>
    private bool TryReadNow(out ReadResult result)
    {
        result = Result(_isCancelled);
        var isNow = _isCancelled || _isOver || _examined < _end;
        _isCancelled = false;
        return isNow;
    }

    private void Arm()
    {
        try
        {
            if (_socket.ReceiveAsync(_bell))
                return;
        }
        catch (ObjectDisposedException)
        {
            // Aborted: receiving says so.
        }
        OnReadable();
    }

    private void OnReadable()
    {
        lock (_gate)
        {
            _isArmed = false;
            // The read was cancelled: the next one asks anew, and is told at once.
            if (!_isWaiting)
                return;
            _isWaiting = false;
        }
        var error = Receive();
        if (error == SocketError.WouldBlock)
        {
            WaitOn();
            return;
        }
        _source.RunContinuationsAsynchronously = false;
        if (error == SocketError.Success)
            _source.SetResult(Result(isCanceled: false));
        else
            _source.SetException(Translate(error));
    }

    /// <summary>It rang for nothing.</summary>
    private void WaitOn()
    {
        lock (_gate)
        {
            // The token may have been cancelled while nobody was waiting.
            if (!_isCancelled && !_token.IsCancellationRequested)
                (_isWaiting, _isArmed) = (true, true);
        }
        if (_isArmed)
            Arm();
        else if (_isCancelled)
        {
            _isCancelled = false;
            _source.SetResult(Result(isCanceled: true));
        }
        else
            _source.SetException(new OperationCanceledException(_token));
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_isWaiting)
                return;
            _isWaiting = false;
        }
        _source.RunContinuationsAsynchronously = true;
        _source.SetException(new OperationCanceledException(token));
    }

    private SocketError Receive()
    {
        if (_end - _start > MaxUnconsumed)
            return SocketError.MessageSize;
        MakeRoom();
        try
        {
            var count = _socket.Receive(_bytes.AsSpan(_end), SocketFlags.None, out var error);
            _isOver = error == SocketError.Success && count == 0;
            _end += count;
            return error;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.OperationAborted;
        }
        finally
        {
            if (_start == _end)
                GiveBack();
        }
    }

    private void MakeRoom()
    {
        if (_bytes is not null && _end < _bytes.Length)
            return;
        var unconsumed = _end - _start;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Block, unconsumed * 2));
        _bytes.AsSpan(_start, unconsumed).CopyTo(larger);
        var examined = _examined - _start;
        GiveBack();
        (_bytes, _end, _examined) = (larger, unconsumed, examined);
    }

    private void GiveBack()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end, _examined) = (null, 0, 0, 0);
    }

    private static Exception Translate(SocketError error) => error switch
    {
        SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket => new ConnectionAbortedException(),
        _ => new ConnectionResetException(new SocketException((int)error).Message),
    };

    /// <summary>Rings when the socket has bytes, or its end. It takes none, and carries no execution context.</summary>
    private sealed class Bell(SocketReader reader) : SocketAsyncEventArgs(true)
    {
        protected override void OnCompleted(SocketAsyncEventArgs e) => reader.OnReadable();
    }
}
