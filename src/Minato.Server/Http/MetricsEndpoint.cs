using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Server.Metrics;
using Minato.Server.Sessions;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http;

/// <summary>
/// <c>/metrics</c>, for this machine and for whoever holds the metrics' own token. To everybody else it is not there: numbers tell who is busy when.
/// </summary>
internal static class MetricsEndpoint
{
    private const string Scheme = "Bearer ";

    internal static void MapMetrics(this WebApplication app, SessionContext context)
    {
        var metrics = new ServerMetrics(context);
        var token = context.Options.MetricsToken is { } text ? new Secret(text) : null;
        app.MapGet("/metrics", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (!IsLocal(http) && !Holds(http, token))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            http.Response.ContentType = ExpositionWriter.ContentType;
            return http.Response.WriteAsync(metrics.Write());
        });
    }

    /// <summary>Loopback is no proof where a proxy speaks for others.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer) && !http.IsByProxy() && !UpgradePolicy.IsForwarded(Manners.ToRequest(http));

    private static bool Holds(HttpContext http, Secret? token) =>
        token is not null && http.Request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && token.Is(value[Scheme.Length..]);
}
