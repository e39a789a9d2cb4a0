using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>
/// Opens sockets that listen and that are ours alone: never SO_REUSEPORT, not inherited by programs we start. A port that was
/// ours until a moment ago can be opened again at once (SO_REUSEADDR, which .NET sets on Unix when it binds).
/// </summary>
public static class ListeningSocket
{
    /// <summary>4096 connections that the kernel holds until they are accepted: Linux's own default limit (somaxconn) since 5.4.</summary>
    public const int Backlog = 4096;

    /// <summary>
    /// Listens on each of the addresses, all on one port: for localhost on 127.0.0.1 and ::1, or on 127.0.0.1 alone where
    /// the machine has no IPv6. <c>[::]</c> serves IPv4 too. For port 0 the port is one that nobody holds on any address of
    /// this machine, and that browsers open.
    /// </summary>
    /// <returns>The sockets, in the order of <see cref="ListenAddress.Addresses"/>. The caller disposes them.</returns>
    /// <exception cref="PortInUseException">The message names the holder.</exception>
    /// <exception cref="PortForbiddenException">The port is privileged.</exception>
    /// <exception cref="AddressNotHereException">The address is not this machine's.</exception>
    /// <exception cref="NoFreePortException">Port 0, and 32 ports were tried in vain.</exception>
    public static IReadOnlyList<Socket> Bind(ListenAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Port == 0
            ? BindFirstFree(address.Addresses, Enumerable.Repeat(0, Attempts))
            : BindAll(address.Addresses, address.Port);
    }

    /// <summary>Listens on 127.0.0.1, on a port that nobody holds on any address of this machine, and that browsers open.</summary>
    /// <param name="preferred">
    /// A port to take if it is such a one, for example the port of the last time; null for none. Connections that are left
    /// over from the last time do not count as holding it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="preferred"/> is not in 1 to 65535.</exception>
    /// <exception cref="NoFreePortException">32 ports were tried in vain.</exception>
    public static Socket BindFree(int? preferred = null)
    {
        if (preferred is { } port)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port, nameof(preferred));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort, nameof(preferred));
            using var guard = PortGuard.TryRetake(port);
            if (TryBindBehind(guard, [IPAddress.Loopback]) is [var socket])
                return socket;
        }

        return BindFirstFree([IPAddress.Loopback], Enumerable.Repeat(0, Attempts))[0];
    }

    private const int Attempts = 32; // the kernel picks at random: even with 9 ports of 10 unfit, 97 % succeed

    internal static IReadOnlyList<Socket> BindFirstFree(IReadOnlyList<IPAddress> addresses, IEnumerable<int> candidates)
    {
        var attempts = 0;
        foreach (var candidate in candidates)
        {
            attempts++;
            using var guard = PortGuard.TryTake(candidate);
            if (TryBindBehind(guard, addresses) is { } sockets)
                return sockets;
        }

        throw new NoFreePortException(attempts);
    }

    private static List<Socket>? TryBindBehind(PortGuard? guard, IReadOnlyList<IPAddress> addresses)
    {
        if (guard is null || BadPorts.Contains(guard.Port))
            return null;
        var port = guard.Port;
        guard.MakeWay();
        try
        {
            return BindAll(addresses, port);
        }
        catch (PortInUseException)
        {
            return null; // somebody who named this very port was faster
        }
    }

    private static List<Socket> BindAll(IReadOnlyList<IPAddress> addresses, int port)
    {
        List<Socket> sockets = [];
        try
        {
            foreach (var address in addresses)
            {
                if (!IsMissingSecondFamily(address, sockets.Count))
                    sockets.Add(Open(address, port));
            }

            return sockets;
        }
        catch (AddressNotHereException) when (sockets.Count > 0)
        {
            return sockets; // localhost on a machine whose IPv6 is switched off
        }
        catch
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    private static bool IsMissingSecondFamily(IPAddress address, int before) =>
        before > 0 && address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6;

    private static Socket Open(IPAddress address, int port)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (OperatingSystem.IsWindows())
                socket.ExclusiveAddressUse = true; // there anyone could bind over us otherwise; untested
            if (address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            if (PortFailure.Explain(e, address, port) is { } explained)
                throw explained;
            throw;
        }
    }
}
