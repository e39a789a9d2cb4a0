using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.TimingBench;

/// <summary>One connection, kept alive, that asks and waits: no library of clients between, whose own work would be most of what is measured.</summary>
internal sealed class Asker : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    internal Asker(Uri server) => _socket.Connect(IPEndPoint.Parse(server.Authority));

    public void Dispose() => _socket.Dispose();

    /// <returns>How long the whole answer took, and its status.</returns>
    internal (TimeSpan Time, int Status) Ask(byte[] request)
    {
        var began = Stopwatch.GetTimestamp();
        _socket.Send(request);
        for (var (length, whole) = (0, -1); ;)
        {
            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0)
                throw new IOException("The server ended the connection.");
            length += read;
            if (whole < 0 && _buffer.AsSpan(0, length).IndexOf(HeadEnd) is >= 0 and var head)
                whole = head + HeadEnd.Length + ContentLength(Encoding.ASCII.GetString(_buffer, 0, head));
            if (length == whole)
                return (Stopwatch.GetElapsedTime(began), int.Parse(Encoding.ASCII.GetString(_buffer, "HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static int ContentLength(string head)
    {
        const string name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith(name, StringComparison.OrdinalIgnoreCase)) ?? throw new IOException("An answer without a length.");
        return int.Parse(line.AsSpan(name.Length).Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
