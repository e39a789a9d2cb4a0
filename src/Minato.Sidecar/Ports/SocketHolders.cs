using System.Globalization;

namespace Minato.Sidecar;

/// <summary>Which processes hold a socket open, by the links of /proc/PID/fd.</summary>
internal static class SocketHolders
{
    /// <summary>
    /// The pids for each inode, in no order; a socket inherited by children has several. An inode is missing when its
    /// holder may not be inspected. Looks at every descriptor of every visible process: milliseconds, not for a hot path.
    /// </summary>
    public static ILookup<ulong, int> Find(IReadOnlySet<ulong> inodes) =>
        (from pid in VisibleProcesses()
         from inode in SocketsOf(pid)
         where inodes.Contains(inode)
         select (inode, pid)).Distinct().ToLookup(found => found.inode, found => found.pid);

    /// <summary>Reads <c>socket:[577]</c>, the target of a link in /proc/PID/fd.</summary>
    public static bool TryParseLink(ReadOnlySpan<char> target, out ulong inode)
    {
        inode = 0;
        return target.StartsWith("socket:[") && target[^1] == ']'
            && ulong.TryParse(target[8..^1], NumberStyles.None, CultureInfo.InvariantCulture, out inode);
    }

    private static IEnumerable<int> VisibleProcesses()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                yield return pid;
        }
    }

    private static List<ulong> SocketsOf(int pid)
    {
        List<ulong> inodes = [];
        try
        {
            foreach (var descriptor in new DirectoryInfo($"/proc/{pid}/fd").EnumerateFileSystemInfos())
            {
                if (TryParseLink(descriptor.LinkTarget, out var inode))
                    inodes.Add(inode);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's: what was found until then counts.
        }

        return inodes;
    }
}
