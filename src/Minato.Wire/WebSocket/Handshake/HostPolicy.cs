using System.Net;

namespace Minato.Wire.WebSocket.Handshake;

/// <summary>
/// Which values of <c>Host</c> this server answers to, on any port: without such a list a page on a name that its owner
/// re-points to this machine (DNS rebinding) would be of the server's own origin.
/// </summary>
/// <param name="ExtraHosts">Names or addresses without a port, for example the public URL's host; an IPv6 address in brackets.</param>
public sealed record HostPolicy(IReadOnlyList<string> ExtraHosts)
{
    /// <summary>True for loopback names, the connection's own <paramref name="localAddress"/> (null: a socket without one) and the extra hosts.</summary>
    public bool IsAllowed(string host, IPAddress? localAddress)
    {
        if (!HostPort.TryParse(host, out var parsed))
            return false;

        return parsed.Address is { } address
            ? IsLoopback(address) || IsSame(address, localAddress) || IsExtra(parsed.Name)
            : string.Equals(parsed.Name, "localhost", StringComparison.OrdinalIgnoreCase) || IsExtra(parsed.Name);
    }

    private static bool IsLoopback(IPAddress address) => !address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address);

    // A socket for both families sees 192.0.2.1 as ::ffff:192.0.2.1, and a link-local address with the interface's number.
    private static bool IsSame(IPAddress address, IPAddress? local) =>
        local is not null && address.GetAddressBytes().AsSpan().SequenceEqual((local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local).GetAddressBytes());

    private bool IsExtra(string name) => ExtraHosts.Contains(name, StringComparer.OrdinalIgnoreCase);
}
