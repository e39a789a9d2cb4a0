using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.Load;

/// <summary>A WebSocket client that does as little as a client can: it counts events, and one of them posts.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly byte[] EventStart = "{\"op\":\"ev\""u8.ToArray();

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private long _received;
    private int _window;
    private int _size;
    private long _posted;

    private LoadClient(Socket socket) => _socket = socket;

    internal long Received => Interlocked.Read(ref _received);

    /// <summary>Milliseconds from sending a post to receiving its event.</summary>
    internal List<double> Latencies { get; } = [];

    internal static async Task<LoadClient> ConnectAsync(int port, bool reads)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var client = new LoadClient(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: minato.v1\r\n\r\n"));
        await client.ReadHeadAsync();
        await client.SendAsync("{\"op\":\"hello\",\"ver\":1}");
        await client.ReadWelcomeAsync();
        if (reads)
            _ = client.ReadAsync();
        return client;
    }

    internal void StartPosting(int window, int size)
    {
        (_window, _size) = (window, size);
        _ = PostAsync();
    }

    internal double[] TakeLatencies()
    {
        lock (Latencies)
            return [.. Latencies.Order()];
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadHeadAsync()
    {
        while (_buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8) < 0)
            _filled += await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8) + 4;
        _buffer.AsSpan(end, _filled - end).CopyTo(_buffer);
        _filled -= end;
    }

    private async Task ReadWelcomeAsync()
    {
        while (!TakeFrames())
            _filled += await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var count = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
                if (count == 0)
                    break;
                _filled += count;
                if (TakeFrames() && _window > 0)
                    await PostAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The round is over, or the server has let go of us.
        }
    }

    /// <summary>Consumes the whole frames in the buffer; false when there was none.</summary>
    private bool TakeFrames()
    {
        var at = 0;
        while (_filled - at >= 2)
        {
            int length = _buffer[at + 1], header = 2;
            if (length == 126)
            {
                if (_filled - at < 4)
                    break;
                (length, header) = (BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(at + 2)), 4);
            }
            if (_filled - at < header + length)
                break;
            Count(_buffer.AsSpan(at + header, length));
            at += header + length;
        }
        _buffer.AsSpan(at, _filled - at).CopyTo(_buffer);
        _filled -= at;
        return at > 0;
    }

    private void Count(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith(EventStart))
            return;
        Interlocked.Increment(ref _received);
        if (_window == 0)
            return;
        // A body begins with the time it was sent at: "body":"|123456789 …
        var body = json[(json.IndexOf("\"|"u8) + 2)..];
        var sent = long.Parse(body[..body.IndexOf((byte)' ')], CultureInfo.InvariantCulture);
        lock (Latencies)
            Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }

    private async Task PostAsync()
    {
        for (; _posted < Received + _window; _posted++)
        {
            var body = $"|{Stopwatch.GetTimestamp()} ".PadRight(_size, 'x');
            await SendAsync($"{{\"op\":\"send\",\"cid\":\"{_posted:x16}\",\"room\":\"#lobby\",\"body\":\"{body}\"}}");
        }
    }

    /// <summary>A masked text frame, as clients must send; a mask of zeros leaves the text as it is.</summary>
    private async Task SendAsync(string text)
    {
        var payload = Encoding.ASCII.GetBytes(text);
        var header = payload.Length < 126 ? 6 : 8;
        var frame = new byte[header + payload.Length];
        frame[0] = 0x81;
        frame[1] = (byte)(0x80 | Math.Min(payload.Length, 126));
        if (payload.Length >= 126)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, header);
        await _socket.SendAsync(frame);
    }
}
