using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.0/24</c>, <c>2001:db8::1</c> or <c>2001:db8::/32</c>.</summary>
    /// <param name="error">One sentence for the user, when false is returned.</param>
    public static bool TryParse(string text, out IPNetwork network, [NotNullWhen(false)] out string? error)
    {
        error = null;
        network = default;
        if (text.Contains('/'))
        {
            if (IPNetwork.TryParse(text, out network))
                return true;
        }
        else if (IPAddress.TryParse(text, out var address) && !text.Contains('%'))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        error = $"\"{text}\" is neither an address nor a network. Allowed are 192.0.2.1, 192.0.2.0/24, 2001:db8::1 and 2001:db8::/32; a network's address ends where its prefix does.";
        return false;
    }
}
