using System.Net;

namespace Minato.Sidecar;

/// <summary>The TCP ports of this machine: a free one, and who holds one.</summary>
public static class Port
{
    /// <summary>
    /// A port that nobody holds on any address, and that browsers open. Nothing keeps it free: by the time it is used another program
    /// may have it (50 processes that asked 200 times each this way were given 2,864 of 10,000 numbers twice). Where the program
    /// that uses it can be handed a socket or can say its port, or where <see cref="Reserve"/> will do, take that.
    /// </summary>
    /// <exception cref="NoFreePortException">32 ports were tried in vain.</exception>
    public static int GetFree()
    {
        using var socket = ListeningSocket.BindFree();
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A lease: no two of one user's are on the same port while they live, and no system gives the number away by itself.</summary>
    /// <param name="options">Which port; null for any.</param>
    /// <exception cref="PortInUseException">Strict, and the port is held; the message names the holder.</exception>
    /// <exception cref="NoFreePortException">All of the range are held.</exception>
    /// <exception cref="ArgumentException">The key is empty or too long, or the preferred port is none.</exception>
    /// <exception cref="IOException">The folder of the leases cannot be used; the message says why.</exception>
    public static PortLease Reserve(PortLeaseOptions? options = null)
    {
        options ??= new PortLeaseOptions();
        if (options.Preferred is { } port)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port, nameof(options));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort, nameof(options));
        }
        return LeaseOffice.OfThisUser.Lease(options);
    }

    /// <summary>
    /// Every process that listens on the port, on any address, IPv4 and IPv6; a socket that several processes share gives one
    /// entry for each. A holder that may not be inspected has <see cref="PortOwner.Pid"/> null and the user's id.
    /// A port that is bound without listening has no owner here. Source: /proc/net/tcp, tcp6 and /proc/PID/fd.
    /// Platforms other than Linux: empty.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The port is not in 1 to 65535.</exception>
    public static IReadOnlyList<PortOwner> FindOwner(int port)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        if (!OperatingSystem.IsLinux())
            return [];

        var rows = TcpListenerRow.ReadAll(port);
        if (rows.Count == 0)
            return [];
        var holders = SocketHolders.Find(rows.Select(row => row.Inode).ToHashSet());
        return [.. rows.SelectMany(row => Owners(row, holders[row.Inode]))];
    }

    internal static IEnumerable<PortOwner> Owners(TcpListenerRow row, IEnumerable<int> pids)
    {
        var known = pids.Order().Select(pid => Describe(row, pid)).OfType<PortOwner>().ToList();
        return known.Count > 0 ? known : [new PortOwner(row.LocalEndPoint, null, null, null, row.UserId)];
    }

    // Null when the process ended after it was found.
    private static PortOwner? Describe(TcpListenerRow row, int pid) => ProcessStat.TryRead(pid, out var stat)
        ? new PortOwner(row.LocalEndPoint, pid, ProcessName.Read(pid, stat.Name), stat.StartedAt(), row.UserId)
        : null;
}
