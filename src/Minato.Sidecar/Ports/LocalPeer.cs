using System.Net;

namespace Minato.Sidecar;

/// <summary>The process of this machine at the other end of a connection.</summary>
/// <param name="Name">What a person calls the program.</param>
/// <param name="CommandLine">Its arguments, joined by spaces.</param>
public sealed record LocalPeer(int Pid, string Name, string CommandLine)
{
    /// <summary>
    /// Who has the other end: several when children inherited it, empty when the holder may not be inspected (another user's). Null
    /// when there is no such socket here (gone, another machine's or container's) or the platform is not Linux.
    /// Looks at every visible process: milliseconds, not for a hot path.
    /// </summary>
    /// <param name="peer">The other end.</param>
    /// <param name="own">This end.</param>
    public static IReadOnlyList<LocalPeer>? Find(IPEndPoint peer, IPEndPoint own) => Find([(peer, own)])[0];

    /// <summary>The same for several connections, with one look at all processes.</summary>
    /// <returns>One answer for each connection, in their order.</returns>
    public static IReadOnlyList<IReadOnlyList<LocalPeer>?> Find(IReadOnlyList<(IPEndPoint Peer, IPEndPoint Own)> connections)
    {
        ArgumentNullException.ThrowIfNull(connections);
        if (!OperatingSystem.IsLinux())
            return new IReadOnlyList<LocalPeer>?[connections.Count];
        var rows = TcpConnectionRow.Find(connections);
        var holders = SocketHolders.Find(rows.OfType<TcpConnectionRow>().Select(row => row.Inode).ToHashSet());
        return [.. rows.Select(row => row is null ? null : (IReadOnlyList<LocalPeer>)[.. holders[row.Inode].Select(Describe).OfType<LocalPeer>()])];
    }

    private static LocalPeer? Describe(int pid)
    {
        try
        {
            return ProcessStat.TryRead(pid, out var stat)
                ? new LocalPeer(pid, ProcessName.Read(pid, stat.Name), File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').TrimEnd())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile
        }
    }
}
