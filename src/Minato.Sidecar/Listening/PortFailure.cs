using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>Says in a sentence why a socket could not listen.</summary>
internal static class PortFailure
{
    /// <summary>Null for an error that is not about the port (no memory, no descriptor left): the socket's own is clearer.</summary>
    public static PortException? Explain(SocketException error, IPAddress address, int port) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new PortInUseException(port, OwnerBeside(address, port), Other(port), error),
        SocketError.AccessDenied => new PortForbiddenException(port, error),
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported =>
            new AddressNotHereException(address, port, error),
        _ => null,
    };

    // Of all who listen on the port, the one in our way: on the same address, else on a wildcard, or anywhere if ours is one.
    private static PortOwner? OwnerBeside(IPAddress address, int port)
    {
        var owners = Port.FindOwner(port);
        return owners.FirstOrDefault(owner => owner.LocalEndPoint.Address.Equals(address))
            ?? owners.FirstOrDefault(owner => IsWildcard(owner.LocalEndPoint.Address))
            ?? (IsWildcard(address) && owners.Count > 0 ? owners[0] : null);
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // The next one that is free now and that a browser opens; advice only, so a few looks are enough.
    private static int? Other(int port)
    {
        foreach (var candidate in Enumerable.Range(port + 1, 20).TakeWhile(p => p <= IPEndPoint.MaxPort))
        {
            using var guard = BadPorts.Contains(candidate) ? null : PortGuard.TryRetake(candidate);
            if (guard is not null)
                return candidate;
        }

        return null;
    }
}
