using System.Net;

namespace Minato.Sidecar;

/// <summary>Whose listener a connection would reach.</summary>
internal enum Listener
{
    None,
    Ours,

    /// <summary>Another program's, or one that the system does not let us see.</summary>
    Foreign,
}

/// <summary>
/// Says whose the listener is that a connection to an end point reaches: that on this very address, else one on a wildcard. All who share it
/// must be of the family. Linux, by /proc/net/tcp and /proc/PID/fd.
/// </summary>
internal sealed record ListenerCheck(IPEndPoint EndPoint, ProcessFamily Family)
{
    internal Listener Look() => Look(out _);

    internal Listener Look(out PortOwner? stranger)
    {
        stranger = null;
        var rows = Reached(TcpListenerRow.ReadAll(EndPoint.Port));
        if (rows.Count == 0)
            return Listener.None;
        var holders = SocketHolders.Find(rows.Select(r => r.Inode).ToHashSet());
        foreach (var row in rows)
        {
            // Who shares a socket with one of ours got it from ours, or from us.
            if (holders[row.Inode].Any(Family.Contains))
                continue;
            stranger = Port.Owners(row, holders[row.Inode]).First();
            return Listener.Foreign;
        }
        return Listener.Ours;
    }

    /// <summary>Where else the family listens: ports of any address.</summary>
    internal IReadOnlyList<IPEndPoint> Elsewhere()
    {
        var rows = TcpListenerRow.ReadAll();
        var holders = SocketHolders.Find(rows.Select(r => r.Inode).ToHashSet());
        return [.. rows.Where(r => holders[r.Inode].Any(Family.Contains)).Select(r => r.LocalEndPoint)];
    }

    private List<TcpListenerRow> Reached(IReadOnlyList<TcpListenerRow> rows)
    {
        var own = rows.Where(r => r.LocalEndPoint.Address.Equals(EndPoint.Address)).ToList();
        return own.Count > 0 ? own : rows.Where(r => r.LocalEndPoint.Address.Equals(IPAddress.Any) || r.LocalEndPoint.Address.Equals(IPAddress.IPv6Any)).ToList();
    }
}
