using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Minato.Cli.Serving;

/// <summary>Where other machines of the local network find this one.</summary>
internal static class LocalNetwork
{
    /// <summary>
    /// IPv4 addresses of interfaces that are up, those first that lead on to other networks: a phone is on such a one, and not on the bridge
    /// of a container. Source: the system, <c>getifaddrs</c>.
    /// </summary>
    internal static IReadOnlyList<(string Interface, IPAddress Address)> Addresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(i => (i.Name, Properties: i.GetIPProperties()))
            .OrderByDescending(i => i.Properties.GatewayAddresses.Any(g => g.Address.AddressFamily == AddressFamily.InterNetwork && !g.Address.Equals(IPAddress.Any)))
            .SelectMany(i => i.Properties.UnicastAddresses.Select(u => (i.Name, u.Address)))
            .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a.Address)),
    ];
}
