using System.Net;

namespace Minato.Wire.WebSocket.Handshake;

/// <summary>
/// What the upgrade policy needs to know of a request, whoever parsed it. <paramref name="Version"/> is as on the request line,
/// <c>HTTP/1.1</c>; <paramref name="IsTls"/> is of this connection and decides the scheme of the page's own origin;
/// <paramref name="LocalAddress"/> is the connection's own end, null for a socket without an address.
/// </summary>
public sealed record UpgradeRequest(string Method, string Version, bool IsTls, IPAddress? LocalAddress, IReadOnlyList<HttpHeader> Headers)
{
    /// <summary>Whether the peer is a proxy that may forward for others.</summary>
    public bool IsByTrustedProxy { get; init; }

    /// <summary>Whether it is a CONNECT with <c>:protocol websocket</c>, the upgrade of HTTP/2 (RFC 8441).</summary>
    public bool IsExtendedConnect { get; init; }

    /// <summary>Whether it is for <c>/irc</c>, where nothing but IRC is spoken; else for <c>/ws</c>.</summary>
    public bool IsForIrc { get; init; }

    // cookie-string = cookie-pair *( ";" SP cookie-pair )   https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1
    /// <summary>A cookie that stands there once: of two, nobody knows which one is ours. Whether the page may send it is the policy's to say.</summary>
    public string? Cookie(string name)
    {
        var found = Values("Cookie").SelectMany(v => v.Split(';')).Select(c => c.Trim(' ')).Where(c => c.StartsWith(name + "=", StringComparison.Ordinal))
            .Take(2).ToArray();
        return found is [var cookie] ? cookie[(name.Length + 1)..] : null;
    }

    /// <summary>Whether it says which page it is from.</summary>
    public bool HasOrigin => Values("Origin").Any();

    /// <summary>The values of a header, in order; empty when it is absent.</summary>
    internal IEnumerable<string> Values(string name) =>
        Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The value of a header that stands exactly once; else null.</summary>
    internal string? Single(string name) => Values(name).Take(2).ToArray() is [var value] ? value : null;

    /// <summary>Whether the header's comma-separated lists, taken together, hold the token.</summary>
    internal bool HasToken(string name, string token, StringComparison comparison) => Tokens(name).Any(item => string.Equals(item, token, comparison));

    /// <summary>The items of the header's comma-separated lists, in order.</summary>
    internal IEnumerable<string> Tokens(string name) => Values(name).SelectMany(value => value.Split(',')).Select(item => item.Trim(' ', '\t')).Where(item => item.Length > 0);
}
