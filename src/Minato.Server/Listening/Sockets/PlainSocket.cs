using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Minato.Server.Listening.Sockets;

/// <summary>
/// A connection that was accepted and is nobody else's yet: a socket, and what is read from it. Chat stays here, where a sleeping connection has
/// neither pipes nor pumps; what is Kestrel's to serve goes over to it, with the bytes that were read and not consumed.
/// </summary>
internal sealed class PlainSocket : ConnectionContext, IDuplexPipe
{
    /// <summary>It has none. Kestrel's connections, which have, are made of it later.</summary>
    private static readonly FeatureCollection NoFeatures = new();

    private readonly SocketReader _input;
    private int _isOver;

    internal PlainSocket(Socket socket)
    {
        Socket = socket;
        _input = new SocketReader(socket);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
    }

    internal Socket Socket { get; }

    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }

    public PipeReader Input => _input;

    /// <summary>What is sent goes straight into the socket.</summary>
    public PipeWriter Output => throw new NotSupportedException();

    public override string ConnectionId { get; set; } = "";

    public override IFeatureCollection Features => NoFeatures;

    public override IDictionary<object, object?> Items { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        try
        {
            // The end of sending, where it can be said: closing alone may become a reset.
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
        Socket.Dispose();
    }

    /// <summary>Kestrel's connection on the same socket. This one is nothing any more; nobody may be reading it.</summary>
    /// <exception cref="ObjectDisposedException">It was aborted.</exception>
    internal async Task<ConnectionContext> BecomeKestrelsAsync(KestrelSockets kestrel)
    {
        ObjectDisposedException.ThrowIf(Interlocked.Exchange(ref _isOver, 1) != 0, this);
        var read = _input.TryRead(out var result) ? result.Buffer.ToArray() : [];
        await _input.CompleteAsync();
        return kestrel.Make(Socket, read);
    }

    public override async ValueTask DisposeAsync()
    {
        Abort(new ConnectionAbortedException());
        await _input.CompleteAsync();
        await base.DisposeAsync();
    }
}
