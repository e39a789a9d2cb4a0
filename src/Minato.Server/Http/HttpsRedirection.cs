using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Server.Http.Api;
using Minato.Server.Listening;

namespace Minato.Server.Http;

/// <summary>
/// Where there is a certificate, a page that another machine asks for in the clear is found under https. This machine's own browser stays:
/// nobody listens in between, and the certificate may not know it as localhost.
/// </summary>
internal static class HttpsRedirection
{
    internal static void UseHttpsRedirection(this WebApplication app, FrontRules rules)
    {
        if (rules.Certificate is null)
            return;
        app.Use(next => http =>
        {
            if (!IsPlainPage(http))
                return next(http);
            var host = rules.PublicUrl is { Scheme: "https" } url ? FrontRules.OriginOf(url) : $"https://{http.Request.Host.Value}";
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = host + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        });
    }

    /// <summary>What programs ask for is not the page and is served: a redirect loses their credentials, and a balancer takes it for health.</summary>
    private static bool IsPlainPage(HttpContext http) =>
        !http.Request.IsHttps && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && !IsThisMachine(http.Connection) && !IsForPrograms(http.Request.Path);

    private static bool IsForPrograms(PathString path) =>
        path.Value is "/ws" or "/irc" or "/healthz" or "/readyz" or "/metrics" || ApiEndpoint.IsApi(path) || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    private static bool IsThisMachine(ConnectionInfo connection) =>
        connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer) || peer.Equals(connection.LocalIpAddress);
}
