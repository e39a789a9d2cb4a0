using System.Net;

namespace Minato.Wire.Detection;

/// <summary>The machines whose word about others is believed: in PROXY headers, and in forwarding headers of HTTP.</summary>
public sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    public bool IsEmpty => Networks.Count == 0;

    public bool Contains(IPAddress? address)
    {
        if (address is null || IsEmpty)
            return false;

        // A socket for both families sees 192.0.2.1 as ::ffff:192.0.2.1.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(network => network.Contains(plain));
    }
}
