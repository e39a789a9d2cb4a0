using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Server.Listening;
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
            // Who was announced by a PROXY header is a client, wherever it is, and its headers are its own words.
            if (proxies.Contains(http.Connection.RemoteIpAddress) && ArrivalOf(http) is not { IsAnnounced: true })
                Believe(http, Forwarding.Read([.. http.Request.Headers.SelectMany(h => h.Value.Select(v => new HttpHeader(h.Key, v ?? "")))], proxies));
            return next(http);
        });
    }

    /// <summary>Whether it came by a proxy that may forward for others.</summary>
    internal static bool IsByTrustedProxy(this HttpContext http) => http.Items.ContainsKey(Trusted);

    /// <summary>Whether a trusted proxy is at the other end, whatever it said.</summary>
    internal static bool IsByProxy(this HttpContext http) => http.IsByTrustedProxy() || ArrivalOf(http) is { IsByProxy: true };

    private static Arrival? ArrivalOf(HttpContext http) => http.Features.Get<Arrival>();

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
