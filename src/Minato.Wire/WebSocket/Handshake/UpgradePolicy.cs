using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Wire.WebSocket.Handshake;

// docs/protocols/websocket.md, "Connecting"; https://www.rfc-editor.org/rfc/rfc6455#section-4.2
/// <summary>Decides whether a request for <c>/ws</c> or <c>/irc</c> becomes a WebSocket, and what is spoken on it. Pure, and the only one: every transport asks it.</summary>
public static class UpgradePolicy
{
    public const string Protocol = "minato.v1";

    // https://ircv3.net/specs/extensions/websocket
    public const string IrcText = "text.ircv3.net";
    public const string IrcBinary = "binary.ircv3.net";

    private const string Version = "13";
    private const string AcceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Host first, since nothing else a stranger's request says is worth an answer; then who asks; then how.</summary>
    public static UpgradeDecision Decide(UpgradeRequest request, UpgradeRules rules) =>
        RefuseStranger(request, rules)
        ?? RefuseOrigin(request, rules)
        ?? RefuseMalformed(request)
        ?? RefuseVersion(request)
        ?? Agree(request);

    /// <summary>What every request must pass, whatever it asks for; null when it does.</summary>
    public static UpgradeDecision.Refused? RefuseStranger(UpgradeRequest request, UpgradeRules rules) =>
        RefuseHost(request, rules) ?? RefuseForwarded(request, rules);

    // accept = base64(SHA-1(key || salt))   https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2
    [SuppressMessage("Security", "CA5350", Justification = "The RFC names SHA-1; it proves understanding here, not identity.")]
    internal static string AcceptKey(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSalt)));

    private static UpgradeDecision.Refused? RefuseHost(UpgradeRequest request, UpgradeRules rules)
    {
        if (request.Single("Host") is not { } host)
            return Refuse(400, "A request names its Host exactly once.");

        return rules.Hosts.IsAllowed(host, request.LocalAddress)
            ? null
            : Refuse(400, "This server does not answer to that Host. Use localhost or its address.");
    }

    /// <summary>Whether a proxy says that it carries the request for somebody else.</summary>
    public static bool IsForwarded(UpgradeRequest request) => request.Headers.Any(header => IsForwarding(header.Name));

    private static UpgradeDecision.Refused? RefuseForwarded(UpgradeRequest request, UpgradeRules rules) =>
        !rules.RefuseForwarded || request.IsByTrustedProxy || !IsForwarded(request)
            ? null
            : Refuse(403, "This request came through a proxy, and guests are let in here. Ask the operator to name it with --trusted-proxy.");

    /// <summary>Whether a page asks that is not this server's own; null when it is, or when it is no page.</summary>
    public static UpgradeDecision.Refused? RefuseOrigin(UpgradeRequest request, UpgradeRules rules)
    {
        // Images and the like come without an origin, and browsers say so.   https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
        if (!request.Values("Origin").Any())
            return request.Values("Sec-Fetch-Site").Any(site => site is not ("same-origin" or "none"))
                ? Refuse(403, "A page of another origin may not ask here. Open this server's own page.")
                : null;

        var origin = request.Single("Origin");
        return origin is not null && origin != "null" && (rules.ExtraOrigins.Contains(origin) || IsOwn(origin, request))
            ? null
            : Refuse(403, "A page of another origin may not connect. Open this server's own page, or allow the origin on the server.");
    }

    private static UpgradeDecision.Refused? RefuseMalformed(UpgradeRequest request)
    {
        // HTTP/2 has no key and no Connection header.   https://www.rfc-editor.org/rfc/rfc8441#section-5
        if (request.IsExtendedConnect)
            return null;
        if (request.Method != "GET")
            return Refuse(405, "A WebSocket begins with GET.", new HttpHeader("Allow", "GET"));
        if (request.Version != "HTTP/1.1")
            return Refuse(400, "A WebSocket begins with HTTP/1.1.");
        if (!request.HasToken("Connection", "upgrade", StringComparison.OrdinalIgnoreCase)
            || !request.HasToken("Upgrade", "websocket", StringComparison.OrdinalIgnoreCase))
            return Refuse(400, "This address speaks WebSocket: send Connection: Upgrade and Upgrade: websocket.");
        return IsKey(request.Single("Sec-WebSocket-Key")) ? null : Refuse(400, "Sec-WebSocket-Key must be there once: 16 bytes in base64.");
    }

    // A 426 must name what to upgrade to: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22
    private static UpgradeDecision.Refused? RefuseVersion(UpgradeRequest request) => request.Single("Sec-WebSocket-Version") == Version
        ? null
        : Refuse(426, "Sec-WebSocket-Version must be 13.", new("Upgrade", "websocket"), new("Sec-WebSocket-Version", Version));

    /// <summary>The first that is offered and spoken here: the client's order is its preference.</summary>
    private static UpgradeDecision Agree(UpgradeRequest request)
    {
        var offered = request.Tokens("Sec-WebSocket-Protocol").ToList();
        var key = request.IsExtendedConnect ? "" : AcceptKey(request.Single("Sec-WebSocket-Key")!);
        if (!request.IsForIrc)
            return offered.Find(p => p is Protocol or IrcText or IrcBinary) is { } known
                ? new UpgradeDecision.Accepted(key, known)
                : Refuse(426, "Sec-WebSocket-Protocol must offer minato.v1, or for IRC text.ircv3.net or binary.ircv3.net.", new("Upgrade", "websocket"), new("Sec-WebSocket-Protocol", Protocol));
        // Clients that are older than the subprotocols offer none, and mean text.
        return offered.Count == 0 ? new UpgradeDecision.Accepted(key, "")
            : offered.Find(p => p is IrcText or IrcBinary) is { } irc ? new UpgradeDecision.Accepted(key, irc)
            : Refuse(426, "Sec-WebSocket-Protocol must offer text.ircv3.net or binary.ircv3.net here; minato.v1 is spoken at /ws.", new("Upgrade", "websocket"), new("Sec-WebSocket-Protocol", IrcText));
    }

    private static bool IsForwarding(string name) =>
        name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Via", StringComparison.OrdinalIgnoreCase);

    // origin = scheme "://" host [":" port]   https://www.rfc-editor.org/rfc/rfc6454#section-6.2
    private static bool IsOwn(string origin, UpgradeRequest request)
    {
        var (scheme, port) = request.IsTls ? ("https://", 443) : ("http://", 80);
        return origin.StartsWith(scheme, StringComparison.Ordinal)
            && HostPort.TryParse(origin[scheme.Length..], out var page)
            && HostPort.TryParse(request.Single("Host") ?? "", out var own)
            && string.Equals(page.Name, own.Name, StringComparison.OrdinalIgnoreCase)
            && (page.Port ?? port) == (own.Port ?? port);
    }

    private static bool IsKey(string? key)
    {
        Span<byte> bytes = stackalloc byte[16];
        return key is { Length: 24 } && Convert.TryFromBase64String(key, bytes, out var written) && written == 16;
    }

    private static UpgradeDecision.Refused Refuse(int status, string reason, params IReadOnlyList<HttpHeader> headers) => new(status, reason, headers);
}
