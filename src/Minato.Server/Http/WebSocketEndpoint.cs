using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minato.Server.Listening;
using Minato.Server.Sessions;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http;

/// <summary>
/// <c>/ws</c> and <c>/irc</c> for whatever the dispatcher did not take: refusals, upgrades on a connection that had requests before, and those of
/// HTTP/2. The same policy decides.
/// </summary>
internal static class WebSocketEndpoint
{
    internal static void MapWebSocket(this WebApplication app, SessionContext context, FrontRules rules)
    {
        app.Map("/ws", http => AnswerAsync(http, context, UpgradePolicy.Decide(Manners.ToRequest(http), rules.Upgrades)));
        app.Map("/irc", http => AnswerAsync(http, context, UpgradePolicy.Decide(Manners.ToRequest(http) with { IsForIrc = true }, rules.Upgrades)));
    }

    private static async Task AnswerAsync(HttpContext http, SessionContext context, UpgradeDecision decision)
    {
        switch (decision)
        {
            case UpgradeDecision.Refused refused:
                await http.RefuseAsync(refused);
                break;
            case UpgradeDecision.Accepted accepted when http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade:
                http.Response.Headers.Connection = "Upgrade";
                http.Response.Headers.Upgrade = "websocket";
                http.Response.Headers.SecWebSocketAccept = accepted.AcceptKey;
                Name(http, accepted);
                await ServeAsync(http, await upgrade.UpgradeAsync(), context, accepted.Protocol);
                break;
            // HTTP/2: the stream of the request becomes the WebSocket's.   https://www.rfc-editor.org/rfc/rfc8441#section-5
            case UpgradeDecision.Accepted accepted when http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect:
                Name(http, accepted);
                await ServeAsync(http, await connect.AcceptAsync(), context, accepted.Protocol);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
        }
    }

    private static void Name(HttpContext http, UpgradeDecision.Accepted accepted)
    {
        if (accepted.Protocol.Length > 0)
            http.Response.Headers.SecWebSocketProtocol = accepted.Protocol;
    }

    private static async Task ServeAsync(HttpContext http, Stream stream, SessionContext context, string protocol)
    {
        var cookie = context.Accounts.Cookie.FindOwn(Manners.ToRequest(http));
        var peer = http.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, http.Connection.RemotePort) : null;
        // A stream of HTTP/2 takes no more than its window before the peer has answered: a burst waits in between.
        var buffer = new Pipe(new PipeOptions(
            pauseWriterThreshold: PipeOutlet.MaxBuffered, resumeWriterThreshold: PipeOutlet.MaxBuffered / 2, useSynchronizationContext: false));
        var sending = SendAsync(buffer.Reader, stream);
        async Task EndSendingAsync()
        {
            await buffer.Writer.CompleteAsync();
            await sending;
        }
        try
        {
            await using var connection = new Connection(
                PipeReader.Create(stream), buffer.Writer, socket: null, peer, http.Abort, context.Clock, endSending: EndSendingAsync);
            await UpgradedConnection.RunAsync(connection, context, protocol, cookie);
            await connection.FinishAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The peer went away.
        }
        finally
        {
            // Whoever still waits to write to a peer that does not read is let go with the request.
            buffer.Reader.CancelPendingRead();
            await buffer.Writer.CompleteAsync();
            if (!sending.IsCompleted)
                http.Abort();
            await sending;
        }
    }

    /// <summary>Ends with the bytes, or with the peer; then the writer is told by its next flush.</summary>
    private static async Task SendAsync(PipeReader buffer, Stream stream)
    {
        try
        {
            await buffer.CopyToAsync(stream);
            await stream.FlushAsync();
            await buffer.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            await buffer.CompleteAsync(e);
        }
    }
}
