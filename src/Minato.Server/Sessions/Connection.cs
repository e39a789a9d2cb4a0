using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Minato.Server.Sessions;

/// <summary>
/// One peer's bytes, in and out. This is the portable kind: Kestrel reads into a pipe, and what is sent goes past every pipe
/// straight into the socket where there is one (<see cref="Outlet"/>).
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    /// <summary>How long a peer may take to read its last words.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly Action _abort;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private ITimer? _lingering;
    private bool _disposed;

    /// <param name="socket">Null where bytes must pass <paramref name="output"/>: TLS, tests.</param>
    internal Connection(PipeReader input, PipeWriter output, Socket? socket, IPEndPoint? peer, Action abort, TimeProvider clock)
    {
        Input = input;
        Peer = peer;
        _abort = abort;
        _clock = clock;
        Queue = new SendQueue(socket is null ? new PipeOutlet(output) : new SocketOutlet(socket), clock);
    }

    internal PipeReader Input { get; }

    internal SendQueue Queue { get; }

    /// <summary>Null for a connection that is none of the network's.</summary>
    internal IPEndPoint? Peer { get; }

    internal void Abort() => _abort();

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
