using System.Net;
using System.Net.Sockets;

namespace Minato.Server.Listening;

/// <summary>Whose an address is, for whatever is counted by address: of IPv6 the /64, which one subscriber has to himself.</summary>
internal static class AddressKey
{
    internal static IPAddress Of(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
            return address is null ? IPAddress.None : IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
