using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minato.Torture.Fleet;

/// <summary>One WebSocket of minato.v1 over a socket of our own, so that it can be cut in the middle of a frame or left without a word.</summary>
internal sealed class FrameConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly WebSocket _frames;
    private byte[] _buffer = new byte[64 * 1024];

    private FrameConnection(Socket socket, NetworkStream stream)
    {
        (_socket, _stream) = (socket, stream);
        _frames = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false, SubProtocol = "minato.v1", KeepAliveInterval = TimeSpan.Zero });
    }

    /// <exception cref="IOException">It could not be had: so are all failures here.</exception>
    public static async Task<FrameConnection> OpenAsync(IPEndPoint server, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, stop);
            var stream = new NetworkStream(socket, ownsSocket: true);
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            var request = $"GET /ws HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: minato.v1\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stop);
            var head = await HeadAsync(stream, stop);
            if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
                throw new IOException($"The upgrade was answered by {head.Split('\r')[0]}");
            return new FrameConnection(socket, stream);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(JsonObject frame, CancellationToken stop)
    {
        try
        {
            await _frames.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>The next frame; null when the server closed.</summary>
    public async Task<JsonElement?> ReceiveAsync(CancellationToken stop)
    {
        try
        {
            for (var length = 0; ;)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, length * 2);
                var part = await _frames.ReceiveAsync(_buffer.AsMemory(length), stop);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
                return document.RootElement.Clone();
            }
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Leaves half a frame on the wire and resets the connection.</summary>
    public void CutInsideFrame(string text, Random random)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] frame = [0x81, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
        try
        {
            _socket.Send(frame.AsSpan(0, random.Next(1, frame.Length)));
            _socket.LingerState = new LingerOption(random.Next(2) == 0, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It broke by itself.
        }
        Dispose();
    }

    public void Dispose()
    {
        _frames.Dispose();
        _stream.Dispose();
    }

    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        // One at a time: what follows the head is the server's first frame.
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (head.Length > 4096 || await stream.ReadAsync(one, stop) == 0)
                throw new IOException("The upgrade was not answered.");
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
