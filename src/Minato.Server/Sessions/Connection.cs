using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Minato.Server.Accounts;

namespace Minato.Server.Sessions;

/// <summary>
/// One peer's bytes, in and out. Where it has a socket, both go past every pipe: they are read from it when somebody waits for them, and sent
/// straight into it (<see cref="Outlet"/>). Inside TLS, and behind HTTP, they pass Kestrel's.
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    /// <summary>How long a peer may take to read its last words.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer that has read all of it may take to close as well.</summary>
    private static readonly TimeSpan TakeLeave = TimeSpan.FromSeconds(1);

    /// <summary>Bytes read and thrown away while the peer takes leave.</summary>
    private const long MaxThrownAway = 1024 * 1024;

    private readonly Action _abort;
    private readonly Socket? _socket;
    private readonly Func<Task>? _endSending;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private ITimer? _lingering;
    private bool _disposed;

    /// <param name="output">Null where there is a <paramref name="socket"/>.</param>
    /// <param name="socket">Null where bytes must pass <paramref name="output"/>: TLS, tests.</param>
    /// <param name="capacity">Bytes that may wait for the peer.</param>
    /// <param name="endSending">Tells the peer that no more follows, where that is not the socket's to say.</param>
    internal Connection(
        PipeReader input, PipeWriter? output, Socket? socket, IPEndPoint? peer, Action abort, TimeProvider clock,
        int capacity = SendQueue.DefaultCapacity, Func<Task>? endSending = null)
    {
        Input = input;
        Peer = peer;
        _abort = abort;
        _clock = clock;
        _socket = socket;
        _endSending = endSending;
        Queue = new SendQueue(socket is null ? new PipeOutlet(output!) : new SocketOutlet(socket), clock, capacity);
    }

    internal PipeReader Input { get; }

    internal SendQueue Queue { get; }

    /// <summary>Null for a connection that is none of the network's.</summary>
    internal IPEndPoint? Peer { get; set; }

    /// <summary>Whether it is inside TLS, as far as this server sees.</summary>
    internal bool IsTls { get; init; }

    /// <summary>That the client has shown in TLS; null: none.</summary>
    internal CertificateFingerprint? Certificate { get; init; }

    /// <summary>Of one that is not inside TLS: where it could be. Null: nowhere, or that is not known.</summary>
    internal int? TlsPort { get; init; }

    internal void Abort() => _abort();

    /// <summary>
    /// Lets the peer read what is queued, then closes. What the peer still sends is read and thrown away for a moment: closing
    /// over unread bytes would reset the connection, and the peer would lose our last words.
    /// </summary>
    internal async Task FinishAsync()
    {
        using var patience = _clock.CreateCancellationTokenSource(Linger);
        try
        {
            await Queue.DrainAsync().WaitAsync(patience.Token);
            if (_endSending is not null)
                await _endSending().WaitAsync(patience.Token);
            else
                _socket?.Shutdown(SocketShutdown.Send);
            patience.CancelAfter(TakeLeave);
            for (var thrownAway = 0L; thrownAway < MaxThrownAway;)
            {
                var result = await Input.ReadAsync(patience.Token);
                thrownAway += result.Buffer.Length;
                Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or SocketException or ObjectDisposedException)
        {
            // Gone, or it does not read: nothing more can be done for it.
        }
    }

    /// <summary>Lets go in a few seconds, whether the peer has read what is queued or not; at once when it has.</summary>
    internal void CloseSoon()
    {
        lock (_gate)
        {
            if (_disposed || _lingering is not null)
                return;
            _lingering = _clock.CreateTimer(static c => ((Connection)c!).Abort(), this, Linger, Timeout.InfiniteTimeSpan);
        }
        // A pending read ends; the session's loop then drains and leaves.
        Input.CancelPendingRead();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _lingering?.Dispose();
        }
        await Queue.DisposeAsync();
    }
}
