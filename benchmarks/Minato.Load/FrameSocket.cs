using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Minato.Load;

/// <summary>A WebSocket of minato.v1 that does as little as one can: frames in and out over a bare socket, pings answered.</summary>
internal sealed class FrameSocket : ILoadSocket
{
    private const int TextFrame = 0x81, CloseFrame = 0x88, PingFrame = 0x89;

    /// <summary>Masked with zeros, as all that a client says.</summary>
    private static readonly byte[] Pong = [0x8A, 0x80, 0, 0, 0, 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream _stream = Stream.Null;
    private byte[] _buffer;
    private int _filled;

    private FrameSocket(int buffer) => _buffer = new byte[buffer];

    /// <param name="buffer">Bytes to begin with; it grows with the longest frame.</param>
    /// <param name="tls">Null: in the clear.</param>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    internal static async Task<FrameSocket> ConnectAsync(int port, int buffer, SslClientAuthenticationOptions? tls = null)
    {
        var connected = new FrameSocket(buffer);
        try
        {
            await connected._socket.ConnectAsync(IPAddress.Loopback, port);
            connected._stream = new NetworkStream(connected._socket, ownsSocket: true);
            if (tls is not null)
                await connected.ShakeHandsAsync(tls);
            await connected._stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: minato.v1\r\n\r\n"));
            await connected.ReadHeadAsync();
            return connected;
        }
        catch
        {
            connected.Dispose();
            throw;
        }
    }

    /// <summary>A masked text frame, as clients must send; a mask of zeros leaves the text as it is.</summary>
    public async Task SendAsync(string text)
    {
        var payload = Encoding.ASCII.GetBytes(text);
        var header = payload.Length < 126 ? 6 : 8;
        var frame = new byte[header + payload.Length];
        frame[0] = TextFrame;
        frame[1] = (byte)(0x80 | Math.Min(payload.Length, 126));
        if (payload.Length >= 126)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, header);
        await _stream.WriteAsync(frame);
    }

    public async Task<bool> ReceiveAsync(TextHandler handle)
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = await _stream.ReadAsync(_buffer.AsMemory(_filled));
        _filled += count;
        return count > 0 && TakeFrames(handle);
    }

    /// <summary>Resets the connection: the server hears of it, and hears nothing more.</summary>
    internal void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task ShakeHandsAsync(SslClientAuthenticationOptions options)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(options);
    }

    private async Task ReadHeadAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var count = await _stream.ReadAsync(_buffer.AsMemory(_filled));
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            _filled += count;
        }
        Drop(end + 4);
    }

    private bool TakeFrames(TextHandler handle)
    {
        var (at, isOpen) = (0, true);
        while (isOpen && _filled - at >= 2)
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
            switch (_buffer[at])
            {
                case TextFrame:
                    handle(_buffer.AsSpan(at + header, length));
                    break;
                case PingFrame:
                    _stream.Write(Pong);
                    break;
                case CloseFrame:
                    isOpen = false;
                    break;
            }
            at += header + length;
        }
        Drop(at);
        return isOpen;
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
