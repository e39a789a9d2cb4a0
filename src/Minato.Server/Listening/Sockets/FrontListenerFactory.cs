using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Minato.Server.Listening.Sockets;

/// <summary>Listens on the sockets that are bound already; on the control socket, where nothing but HTTP is spoken, Kestrel does by itself.</summary>
/// <param name="pools">Kestrel's: HTTP is written into blocks of its own pool.</param>
internal sealed class FrontListenerFactory(
    Listeners listeners, ConnectionDispatcher dispatcher, IOptions<SocketTransportOptions> options, IMemoryPoolFactory<byte> pools, ILoggerFactory logs) : IConnectionListenerFactory, IDisposable
{
    private readonly SocketTransportFactory _kestrels = new(options, logs);
    private readonly KestrelSockets _handedOver = new(pools.Create(new MemoryPoolOptions()), logs);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        listeners.Sockets.FirstOrDefault(s => Equals(s.LocalEndPoint, endpoint)) is { } bound
            ? ValueTask.FromResult<IConnectionListener>(new FrontListener(bound, listeners, dispatcher, _handedOver, logs.CreateLogger<FrontListener>()))
            : _kestrels.BindAsync(endpoint, cancellationToken);

    public void Dispose() => _handedOver.Dispose();
}
