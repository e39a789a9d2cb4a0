using System.Net;

namespace Minato.Sidecar;

/// <summary>Who holds a TCP port of this machine.</summary>
public static class Port
{
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
