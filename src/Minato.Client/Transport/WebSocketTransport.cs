using System.Net.WebSockets;

namespace Minato.Client;

/// <summary><c>GET /ws</c> with the subprotocol <c>minato.v1</c>.</summary>
internal sealed class WebSocketTransport : IClientTransport
{
    private readonly Uri _endpoint;

    internal WebSocketTransport(Uri server) => _endpoint = Endpoint(server);

    public async ValueTask<IClientChannel> OpenAsync(CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("minato.v1");
        // The protocol has a heartbeat of its own, which tells more than a ping that the kernel's neighbour answers.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(_endpoint, cancel);
            return new WebSocketChannel(socket);
        }
        catch (WebSocketException e)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new ConnectException(
                status is 0 or 101 ? $"{_endpoint} cannot be reached: {e.GetBaseException().Message}" : $"{_endpoint} refused the upgrade with {status}. {Advice(status)}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>http, https, ws and wss are taken; a path is replaced by <c>/ws</c>.</summary>
    internal static Uri Endpoint(Uri server) => server.IsAbsoluteUri && server.Scheme is "http" or "https" or "ws" or "wss"
        ? new UriBuilder(server) { Scheme = server.Scheme is "https" or "wss" ? "wss" : "ws", Path = "/ws", Query = "", Fragment = "" }.Uri
        : throw new ArgumentException($"{server} is no address of a server. Write one like http://127.0.0.1:8080.", nameof(server));

    private static string Advice(int status) => status switch
    {
        400 => "It does not answer to this host name.",
        403 => "Something between adds an Origin or a forwarding header.",
        404 => "Something else listens there.",
        426 => "It does not speak minato.v1.",
        _ => "Its log may say more.",
    };
}
