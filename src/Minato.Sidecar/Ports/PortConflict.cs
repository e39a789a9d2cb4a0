using System.Net;
using System.Net.NetworkInformation;

namespace Minato.Sidecar;

/// <summary>
/// Another process on the same port number of another address: 127.0.0.1:P and [::1]:P can have different owners, and
/// which of them <c>http://localhost:P</c> reaches is the browser's choice.
/// </summary>
/// <param name="Owner">The other process, and what it listens on.</param>
public sealed record PortConflict(PortOwner Owner)
{
    /// <summary>Which of 127.0.0.1, ::1, 0.0.0.0 and :: other processes hold on this port; our own sockets do not count.</summary>
    /// <remarks>
    /// Linux tells processes apart. Elsewhere (untested) every listener counts and none is named: ask before binding there.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The port is not in 1 to 65535.</exception>
    public static IReadOnlyList<PortConflict> Find(int port) =>
        [.. Listeners(port)
            .Where(owner => owner.Pid != Environment.ProcessId && s_reachedByLocalhost.Contains(owner.LocalEndPoint.Address))
            .Select(owner => new PortConflict(owner))];

    /// <summary>A sentence that names the holder and says what to do.</summary>
    public override string ToString()
    {
        var port = Owner.LocalEndPoint.Port;
        return $"{Owner.LocalEndPoint} is held by {Owner}: http://localhost:{port} may reach it. " +
            "Use the numeric address, or another port.";
    }

    private static readonly IPAddress[] s_reachedByLocalhost =
        [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Any, IPAddress.IPv6Any];

    private static IEnumerable<PortOwner> Listeners(int port)
    {
        var owners = Port.FindOwner(port);
        return OperatingSystem.IsLinux()
            ? owners
            : IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
                .Where(listener => listener.Port == port)
                .Select(listener => new PortOwner(listener, null, null, null, null));
    }
}
