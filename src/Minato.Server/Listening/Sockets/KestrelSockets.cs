using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Minato.Server.Sessions;

namespace Minato.Server.Listening.Sockets;

/// <summary>Makes Kestrel's connections of sockets that were accepted here, as if it had accepted them.</summary>
/// <param name="pool">What HTTP is written into. The framework's shared one, which such connections have else, gives nothing where Kestrel asks for any amount.</param>
internal sealed class KestrelSockets(MemoryPool<byte> pool, ILoggerFactory logs) : IMemoryPoolFeature, IDisposable
{
    private readonly SocketConnectionContextFactory _connections = new(
        new SocketConnectionFactoryOptions { MaxWriteBufferSize = PipeOutlet.MaxBuffered }, logs.CreateLogger<SocketConnectionContextFactory>());

    MemoryPool<byte> IMemoryPoolFeature.MemoryPool => pool;

    /// <param name="read">What was read of it already, and comes first.</param>
    internal ConnectionContext Make(Socket socket, byte[] read)
    {
        var connection = _connections.Create(socket);
        connection.Features.Set<IMemoryPoolFeature>(this);
        if (read.Length > 0)
            connection.Transport = new DuplexPipe(new PrefixedReader(read, connection.Transport.Input), connection.Transport.Output);
        return connection;
    }

    public void Dispose()
    {
        _connections.Dispose();
        pool.Dispose();
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
