using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Minato.Server.Tls;

namespace Minato.Server.Listening;

/// <summary>What the listener has handed over to Kestrel: HTTP, and the handshake where there is a certificate, with the dispatcher once more behind it.</summary>
internal static class DetectionPipeline
{
    /// <summary>socket → dispatcher, and then: → handshake → dispatcher → Kestrel. What is no TLS skips the two in the middle.</summary>
    internal static void UseDetection(this ListenOptions listen, ConnectionDispatcher dispatcher, CertificateWatch? certificate)
    {
        if (certificate is null)
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(http => connection => dispatcher.OnHandedOverAsync(connection, tls: null, http));
            return;
        }
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        ConnectionDelegate? kestrel = null; // the innermost is made first
        listen.Use(tls => connection => dispatcher.OnHandedOverAsync(connection, tls, kestrel!));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            // Whoever speaks HTTP is not asked: each browser would ask its owner which certificate it is to show.
            OnConnection = handshake => ValueTask.FromResult(
                handshake.Connection.Features.Get<Arrival>() is { AsksForCertificate: true } ? certificate.Current.AskingHandshake : certificate.Current.Handshake),
            // The arrival has the one deadline that counts; this one would begin anew with the handshake. (Kestrel fails on an infinite one.)
            HandshakeTimeout = 6 * Arrival.Timeout,
        });
        listen.Use(http =>
        {
            kestrel = http;
            return connection => dispatcher.OnDecryptedAsync(connection, http);
        });
    }
}
