using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.Torture.Fleet.Irc;

/// <summary>A connection of IRC lines, registered with what a client of today asks for.</summary>
internal sealed class IrcConnection : IDisposable
{
    private const string Capabilities = "batch draft/chathistory draft/message-redaction echo-message labeled-response message-tags server-time standard-replies";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private StreamReader? _reader;

    /// <summary>Connects, and is welcome under a nick of its own.</summary>
    /// <exception cref="IOException">It could not be had.</exception>
    public static async Task<IrcConnection> OpenAsync(IPEndPoint server, string nick, CancellationToken stop)
    {
        var connection = new IrcConnection();
        try
        {
            await connection._socket.ConnectAsync(server, stop);
            connection._reader = new StreamReader(new NetworkStream(connection._socket), new UTF8Encoding(false, throwOnInvalidBytes: true));
            foreach (var line in new[] { "CAP LS 302", $"NICK {nick}", $"USER {nick} 0 * :{nick}", $"CAP REQ :{Capabilities}", "CAP END" })
                await connection.SendAsync(line, stop);
            while (await connection.ReceiveAsync(stop) is var line)
                if (line is null || line.Command is "ERROR" or "433")
                    throw new IOException($"Not let in: {line}");
                else if (line.Command == "001")
                    break;
            return connection;
        }
        catch (SocketException e)
        {
            connection.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async Task SendAsync(string line, CancellationToken stop)
    {
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>The next line; null when the server closed. Pings are answered.</summary>
    public async Task<IrcLine?> ReceiveAsync(CancellationToken stop)
    {
        while (await _reader!.ReadLineAsync(stop) is { } text)
        {
            var line = IrcLine.Parse(text);
            if (line.Command != "PING")
                return line;
            await SendAsync($"PONG :{line[0]}", stop);
        }
        return null;
    }

    /// <summary>Leaves half a line on the wire, that ends inside a character, and resets the connection. What has no end is no line.</summary>
    public void CutInsideLine(string line)
    {
        try
        {
            _socket.Send([.. Encoding.UTF8.GetBytes(line), 0xE6, 0xB8]);
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It broke by itself.
        }
        Dispose();
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _socket.Dispose();
    }
}
