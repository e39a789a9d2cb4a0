using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.Load;

/// <summary>Lines of IRC in and out over a bare socket, PINGs answered.</summary>
internal sealed class LineSocket : ILoadSocket
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer;
    private int _filled;

    private LineSocket(int buffer) => _buffer = new byte[buffer];

    /// <param name="buffer">Bytes to begin with; it grows with the longest line.</param>
    /// <exception cref="SocketException">Nobody listens, or no more.</exception>
    internal static async Task<LineSocket> ConnectAsync(int port, int buffer)
    {
        var connected = new LineSocket(buffer);
        await connected._socket.ConnectAsync(IPAddress.Loopback, port);
        return connected;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

    public async Task<bool> ReceiveAsync(TextHandler handle)
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += count;
        TakeLines(handle);
        return count > 0;
    }

    public void Dispose() => _socket.Dispose();

    private void TakeLines(TextHandler handle)
    {
        var at = 0;
        while (_buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8) is >= 0 and var length)
        {
            var line = _buffer.AsSpan(at, length);
            if (line.StartsWith("PING"u8))
                _socket.Send("PONG x\r\n"u8);
            else
                handle(line);
            at += length + 2;
        }
        _buffer.AsSpan(at, _filled - at).CopyTo(_buffer);
        _filled -= at;
    }
}
