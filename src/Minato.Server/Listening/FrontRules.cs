using Minato.Server.Tls;
using Minato.Wire.Detection;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Listening;

/// <summary>Whom this server answers to and believes, before it asks who they are: the options, and the names of the certificate in use.</summary>
internal sealed class FrontRules(MinatoOptions options, CertificateWatch? certificate, bool letsGuestsIn)
{
    private readonly string[] _publicHosts = options.PublicUrl is { } url ? [HostOf(url)] : [];
    private readonly string[] _publicOrigins = options.PublicUrl is { } url ? [OriginOf(url)] : [];
    private Made? _made;

    internal TrustedProxies Proxies { get; } = new(options.TrustedProxies);

    /// <summary>Null: no TLS.</summary>
    internal CertificateWatch? Certificate => certificate;

    internal IReadOnlyList<EmbedOrigin> EmbedOrigins => options.EmbedOrigins;

    internal Uri? PublicUrl => options.PublicUrl;

    /// <summary>Made anew when the certificate was exchanged.</summary>
    internal UpgradeRules Upgrades
    {
        get
        {
            var current = certificate?.Current;
            if (_made is { } made && made.For == current)
                return made.Rules;
            var rules = new UpgradeRules(new HostPolicy([.. _publicHosts, .. current?.Names ?? []]), _publicOrigins, RefuseForwarded: letsGuestsIn);
            _made = new Made(current, rules);
            return rules;
        }
    }

    /// <summary>As browsers send it: in ASCII, without the scheme's own port.</summary>
    internal static string OriginOf(Uri url) => url.IsDefaultPort ? $"{url.Scheme}://{HostOf(url)}" : $"{url.Scheme}://{HostOf(url)}:{url.Port}";

    private static string HostOf(Uri url) => url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;

    private sealed record Made(ServerCertificate? For, UpgradeRules Rules);
}
