using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Wire.Detection;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http;

/// <summary>A request that a trusted proxy forwards is its client's: from the client's address, and encrypted if it was so as far as the proxy.</summary>
internal static class ForwardedRequests
{
    private static readonly object Trusted = new();

    internal static void UseForwarding(this WebApplication app, TrustedProxies proxies)
    {
        if (proxies.IsEmpty)
            return;
        app.Use(next => http =>
        {
            if (proxies.Contains(http.Connection.RemoteIpAddress))
                Believe(http, Forwarding.Read([.. http.Request.Headers.SelectMany(h => h.Value.Select(v => new HttpHeader(h.Key, v ?? "")))], proxies));
            return next(http);
        });
    }

    /// <summary>Whether it came by a proxy that may forward for others.</summary>
    internal static bool IsByTrustedProxy(this HttpContext http) => http.Items.ContainsKey(Trusted);

    private static void Believe(HttpContext http, Forwarding forwarding)
    {
        http.Items[Trusted] = Trusted;
        if (forwarding.Client is { } client)
        {
            http.Connection.RemoteIpAddress = client;
            http.Connection.RemotePort = 0;
        }
        if (forwarding.IsTls is { } isTls)
            http.Request.Scheme = isTls ? "https" : "http";
    }
}
