using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minato.Server.Http.Api;
using Minato.Server.Listening;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http;

/// <summary>What every request passes: the host it names, no proxy where guests are let in, and headers that keep pages apart.</summary>
internal static class Manners
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    internal static void UseManners(this WebApplication app, FrontRules rules)
    {
        var isEmbedded = rules.EmbedOrigins.Count > 0;
        var policy = ContentSecurityPolicy + (isEmbedded ? string.Join(' ', rules.EmbedOrigins) : "'none'");
        app.Use(next => async http =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            // For browsers that do not know frame-ancestors; it can name no origin.
            if (!isEmbedded)
                headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            // Elsewhere browsers pass over it, and say so to every visitor's console.
            if (IsTrustworthy(http.Request))
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (UpgradePolicy.RefuseStranger(ToRequest(http), rules.Upgrades) is { } refused)
                await http.RefuseAsync(refused);
            else
                await next(http);
        });
    }

    // https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy
    private static bool IsTrustworthy(HttpRequest request) =>
        request.IsHttps || request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address));

    internal static Task RefuseAsync(this HttpContext http, UpgradeDecision.Refused refused)
    {
        if (ApiEndpoint.IsApi(http.Request.Path))
            return new Problem(refused.Status, "stranger", refused.Reason).WriteAsync(http);
        http.Response.StatusCode = refused.Status;
        foreach (var header in refused.Headers)
            http.Response.Headers.Append(header.Name, header.Value);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(refused.Reason + "\n");
    }

    internal static UpgradeRequest ToRequest(HttpContext http) => new(
        http.Request.Method, http.Request.Protocol, http.Request.IsHttps, http.Connection.LocalIpAddress,
        [.. http.Request.Headers.SelectMany(h => h.Value.Select(v => new HttpHeader(h.Key, v ?? "")))])
    {
        IsByTrustedProxy = http.IsByTrustedProxy(),
        IsExtendedConnect = http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" },
    };
}
