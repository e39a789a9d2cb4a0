using System.Net;

namespace Minato.Wire.WebSocket.Handshake;

/// <summary>
/// Which values of <c>Host</c> this server answers to, on any port: without such a list a page on a name that its owner
/// re-points to this machine (DNS rebinding) would be of the server's own origin.
/// </summary>
/// <param name="ExtraHosts">
/// Names or addresses without a port: the public URL's host, the names of the certificate. An IPv6 address stands in brackets;
/// <c>*.example.org</c> is every name with one label more, as in a certificate.
/// </param>
public sealed record HostPolicy(IReadOnlyList<string> ExtraHosts)
{
    /// <summary>True for loopback names, the connection's own <paramref name="localAddress"/> (null: a socket without one) and the extra hosts.</summary>
    public bool IsAllowed(string host, IPAddress? localAddress)
    {
        if (!HostPort.TryParse(host, out var parsed))
            return false;

        return parsed.Address is { } address
            ? IsLoopback(address) || IsSame(address, localAddress) || ExtraHosts.Any(extra => HostPort.TryParse(extra, out var e) && address.Equals(e.Address))
            : string.Equals(parsed.Name, "localhost", StringComparison.OrdinalIgnoreCase) || ExtraHosts.Any(extra => IsMatch(extra, parsed.Name));
    }

    private static bool IsLoopback(IPAddress address) => !address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address);

    // A socket for both families sees 192.0.2.1 as ::ffff:192.0.2.1, and a link-local address with the interface's number.
    private static bool IsSame(IPAddress address, IPAddress? local) =>
        local is not null && address.GetAddressBytes().AsSpan().SequenceEqual((local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local).GetAddressBytes());

    // The wildcard stands for the whole first label and nothing else.   https://www.rfc-editor.org/rfc/rfc9525#section-6.3
    private static bool IsMatch(string extra, string name)
    {
        if (!extra.StartsWith("*.", StringComparison.Ordinal))
            return string.Equals(extra, name, StringComparison.OrdinalIgnoreCase);

        var label = name.IndexOf('.');
        return label > 0 && name.AsSpan(label).Equals(extra.AsSpan(1), StringComparison.OrdinalIgnoreCase);
    }
}
