using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Minato.Cli.Serving;

/// <summary>What stands behind <c>--trusted-proxy</c>: one address, or all of a network.</summary>
internal static class ProxyNetwork
{
    /// <param name="error">One sentence for the user, when false is returned.</param>
    internal static bool TryParse(string text, out IPNetwork network, [NotNullWhen(false)] out string? error)
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
        error = "it is an address or a network: 192.0.2.1, 192.0.2.0/24, 2001:db8::1, 2001:db8::/32. The bits of a network's address behind its prefix are zero.";
        return false;
    }
}
