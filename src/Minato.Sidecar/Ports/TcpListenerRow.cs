using System.Globalization;
using System.Net;

namespace Minato.Sidecar;

/// <summary>One listening socket of /proc/net/tcp or tcp6.</summary>
/// <param name="LocalEndPoint">The address may be a wildcard.</param>
/// <param name="UserId">Who opened it.</param>
/// <param name="Inode">What /proc/PID/fd shows as <c>socket:[inode]</c>.</param>
internal sealed record TcpListenerRow(IPEndPoint LocalEndPoint, uint UserId, ulong Inode)
{
    /// <summary>All of this network namespace, on one port or on any. A file that cannot be read (no IPv6) has no rows.</summary>
    public static IReadOnlyList<TcpListenerRow> ReadAll(int? port = null)
    {
        List<TcpListenerRow> rows = [];
        foreach (var path in (ReadOnlySpan<string>)["/proc/net/tcp", "/proc/net/tcp6"])
        {
            try
            {
                foreach (var line in File.ReadLines(path))
                {
                    if (TryParse(line, out var row) && (port ?? row.LocalEndPoint.Port) == row.LocalEndPoint.Port)
                        rows.Add(row);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }

        return rows;
    }

    // https://docs.kernel.org/networking/proc_net_tcp.html
    // slot ":" SP address ":" port SP remote SP state SP queues SP timer SP retransmits SP uid SP timeout SP inode …
    /// <summary>False for a socket that does not listen, and for a line that is not one (the heading, a damaged line).</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out TcpListenerRow row)
    {
        row = null!;
        Span<Range> fields = stackalloc Range[11]; // the last one takes the rest
        if (line.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries) < 10)
            return false;
        if (line[fields[3]] is not Listening || !ProcEndPoint.TryParse(line[fields[1]], out var local))
            return false;
        if (!uint.TryParse(line[fields[7]], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
            return false;
        if (!ulong.TryParse(line[fields[9]], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
            return false;

        row = new TcpListenerRow(local, user, inode);
        return true;
    }

    private const string Listening = "0A"; // TCP_LISTEN
}
