using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Minato.Tests.Kit;

/// <summary>One connection: bytes and lines, as they come.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Stream _stream;
    private readonly Socket? _socket;
    private readonly Action _finishSending;
    private readonly List<byte> _ahead = [];

    /// <param name="finishSending">Half-closes it.</param>
    public RawClient(Stream stream, Action finishSending) => (_stream, _finishSending) = (stream, finishSending);

    private RawClient(Socket socket)
        : this(new NetworkStream(socket, ownsSocket: true), () => socket.Shutdown(SocketShutdown.Send)) => _socket = socket;

    public static Task<RawClient> ConnectAsync(int port) => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

    /// <param name="receiveBuffer">Bytes; small for one who is not to read.</param>
    public static async Task<RawClient> ConnectAsync(IPEndPoint endPoint, int? receiveBuffer = null)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(endPoint).Within($"a connection to {endPoint}");
        return new RawClient(socket);
    }

    public Stream Stream => _stream;

    /// <summary>The same connection after a handshake; it owns it from now on.</summary>
    /// <param name="wrap">What lies between TLS and the socket, for a test that slows it down.</param>
    public async Task<RawClient> SecureAsync(SslClientAuthenticationOptions options, Func<Stream, Stream>? wrap = null)
    {
        var tls = new SslStream(wrap?.Invoke(_stream) ?? _stream);
        await tls.AuthenticateAsClientAsync(options).Within("the handshake");
        return new RawClient(tls, () => tls.ShutdownAsync().GetAwaiter().GetResult());
    }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket!.LocalEndPoint!;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().Within("the peer to take bytes");

    /// <summary>Half-closes: nothing more will be sent.</summary>
    public void FinishSending() => _finishSending();

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    public async Task<string?> ReadLineAsync(string what = "a line") =>
        await ReadRawLineAsync(what) is { } line ? line.TrimEnd('\r', '\n') : null;

    /// <summary>The next line with its end.</summary>
    public async Task<string?> ReadRawLineAsync(string what = "a line")
    {
        while (true)
        {
            var end = _ahead.IndexOf((byte)'\n');
            if (end >= 0)
                return Encoding.UTF8.GetString(Take(end + 1));
            if (await FillAsync(what) == 0)
                return _ahead.Count == 0 ? null : Encoding.UTF8.GetString(Take(_ahead.Count));
        }
    }

    /// <summary>Reads on until a line contains this, and returns that line.</summary>
    public async Task<string> ExpectAsync(string part)
    {
        var seen = new List<string>();
        while (await ReadLineAsync($"a line with \"{part}\" (so far: {string.Join(" | ", seen)})") is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
            seen.Add(line);
        }
        throw new InvalidOperationException($"The connection ended before a line with \"{part}\" (so far: {string.Join(" | ", seen)}).");
    }

    public async Task<byte[]> ReadBytesAsync(int count)
    {
        while (_ahead.Count < count)
            if (await FillAsync($"{count} bytes") == 0)
                throw new InvalidOperationException($"The connection ended after {_ahead.Count} bytes of {count}.");
        return Take(count);
    }

    /// <summary>Null where the connection ends.</summary>
    public async Task<byte?> TryReadByteAsync(string what) => _ahead.Count > 0 || await FillAsync(what) > 0 ? Take(1)[0] : null;

    /// <summary>All there is until the peer closes.</summary>
    public async Task<byte[]> ReadToEndAsync(string what = "the end of the connection")
    {
        while (await FillAsync(what) > 0)
        {
        }
        return Take(_ahead.Count);
    }

    public async Task<string> ReadTextToEndAsync(string what = "the end of the connection") => Encoding.UTF8.GetString(await ReadToEndAsync(what));

    /// <summary>Ends it with a reset, as a peer that crashed.</summary>
    public void Reset()
    {
        _socket!.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _stream.Dispose();

    private async Task<int> FillAsync(string what)
    {
        var buffer = new byte[16 * 1024];
        var read = await _stream.ReadAsync(buffer).AsTask().Within(what);
        _ahead.AddRange(buffer.AsSpan(0, read));
        return read;
    }

    private byte[] Take(int count)
    {
        var taken = _ahead.GetRange(0, count).ToArray();
        _ahead.RemoveRange(0, count);
        return taken;
    }
}
