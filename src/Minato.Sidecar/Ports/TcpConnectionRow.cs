using System.Globalization;
using System.Net;

namespace Minato.Sidecar;

/// <summary>One connected socket of /proc/net/tcp or tcp6, as seen by the process that has it.</summary>
/// <param name="Inode">What /proc/PID/fd shows as <c>socket:[inode]</c>.</param>
internal sealed record TcpConnectionRow(IPEndPoint LocalEndPoint, IPEndPoint RemoteEndPoint, ulong Inode)
{
    /// <summary>The sockets of this machine with these two ends, in their order; null where there is none (any more).</summary>
    public static TcpConnectionRow?[] Find(IReadOnlyList<(IPEndPoint Local, IPEndPoint Remote)> ends)
    {
        var found = new TcpConnectionRow?[ends.Count];
        var wanted = new Dictionary<(IPEndPoint, IPEndPoint), int>();
        for (var i = 0; i < ends.Count; i++)
            wanted[(Plain(ends[i].Local), Plain(ends[i].Remote))] = i;
        foreach (var path in (ReadOnlySpan<string>)["/proc/net/tcp", "/proc/net/tcp6"])
        {
            try
            {
                foreach (var line in File.ReadLines(path))
                {
                    if (TryParse(line, out var row) && wanted.TryGetValue((Plain(row.LocalEndPoint), Plain(row.RemoteEndPoint)), out var i))
                        found[i] ??= row;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }

        return found;
    }

    // https://docs.kernel.org/networking/proc_net_tcp.html
    /// <summary>False for a socket that is not connected, and for a line that is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out TcpConnectionRow row)
    {
        row = null!;
        Span<Range> fields = stackalloc Range[11]; // the last one takes the rest
        if (line.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries) < 10 || line[fields[3]] is not Established)
            return false;
        if (!ProcEndPoint.TryParse(line[fields[1]], out var local) || !ProcEndPoint.TryParse(line[fields[2]], out var remote))
            return false;
        if (!ulong.TryParse(line[fields[9]], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
            return false;

        row = new TcpConnectionRow(local, remote, inode);
        return true;
    }

    private const string Established = "01"; // TCP_ESTABLISHED

    // One end may know itself as 127.0.0.1 and the other as ::ffff:127.0.0.1.
    private static IPEndPoint Plain(IPEndPoint end) => new(end.Address.MapToIPv6(), end.Port);
}
