using System.Net;
using Minato.Wire.Detection;

namespace Minato.Wire.WebSocket.Handshake;

/// <summary>What the headers of a trusted proxy say of the request's client; null where they say nothing.</summary>
/// <param name="Client">The last address on the way that is not a trusted proxy itself: what stands before it is that client's own claim.</param>
/// <param name="IsTls">Whether the client speaks TLS with the proxy.</param>
public sealed record Forwarding(IPAddress? Client, bool? IsTls)
{
    /// <summary>
    /// Reads <c>X-Forwarded-For</c>, else <c>Forwarded</c>, else <c>X-Real-IP</c>, and the scheme likewise. Asked only when the peer is
    /// a trusted proxy, which sets or removes all three.
    /// </summary>
    public static Forwarding Read(IReadOnlyList<HttpHeader> headers, TrustedProxies proxies)
    {
        var elements = List(headers, "Forwarded");
        var way = List(headers, "X-Forwarded-For");
        if (way.Count == 0)
            way = [.. elements.Select(element => Parameter(element, "for")).OfType<string>()];
        if (way.Count == 0)
            way = List(headers, "X-Real-IP");
        var scheme = List(headers, "X-Forwarded-Proto").LastOrDefault() ?? (elements.Count > 0 ? Parameter(elements[^1], "proto") : null);
        return new(ClientOf(way, proxies), scheme?.ToUpperInvariant() switch
        {
            "HTTPS" or "WSS" => true,
            "HTTP" or "WS" => false,
            _ => null,
        });
    }

    private static IPAddress? ClientOf(List<string> way, TrustedProxies proxies)
    {
        IPAddress? client = null;
        for (var i = way.Count - 1; i >= 0; i--)
        {
            if (!TryParseNode(way[i], out var address))
                return client;
            client = address;
            if (!proxies.Contains(address))
                return client;
        }

        return client;
    }

    // node = IPv4 [":" port] | "[" IPv6 "]" [":" port], quoted in Forwarded; X-Forwarded-For has IPv6 without brackets, too
    // https://www.rfc-editor.org/rfc/rfc7239#section-6
    private static bool TryParseNode(string text, out IPAddress address)
    {
        var node = text.Trim('"').AsSpan();
        if (node.StartsWith("[") && node.IndexOf(']') is var end and > 0)
            node = node[1..end];
        else if (node.Count(':') == 1)
            node = node[..node.IndexOf(':')];
        if (IPAddress.TryParse(node, out var parsed) && !node.Contains('%'))
        {
            address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    private static List<string> List(IReadOnlyList<HttpHeader> headers, string name) =>
        [.. headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    // forwarded-element = pair *( ";" pair ), pair = token "=" value   https://www.rfc-editor.org/rfc/rfc7239#section-4
    private static string? Parameter(string element, string name) => element.Split(';')
        .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim('"');
}
