using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Minato.Load;

/// <summary>A client that counts events; one of them posts.</summary>
internal sealed class LoadClient : IDisposable
{
    private const int Buffer = 64 * 1024;

    private readonly ILoadSocket _socket;
    private readonly bool _isIrc;
    private long _received;
    private int _window;
    private int _size;
    private long _posted;

    private LoadClient(ILoadSocket socket, bool isIrc) => (_socket, _isIrc) = (socket, isIrc);

    internal long Received => Interlocked.Read(ref _received);

    /// <summary>Milliseconds from sending a post to receiving its event.</summary>
    internal List<double> Latencies { get; } = [];

    /// <param name="irc">What number it has among IRC clients; null: it is a WebSocket client.</param>
    internal static async Task<LoadClient> ConnectAsync(int port, bool reads, int? irc)
    {
        var client = new LoadClient(irc is null ? await FrameSocket.ConnectAsync(port, Buffer) : await LineSocket.ConnectAsync(port, Buffer), irc is not null);
        var isWelcome = false;
        if (irc is { } number)
        {
            // Two sets of capabilities, so that a room is told in two ways.
            var caps = number % 2 == 0 ? "echo-message" : "echo-message server-time message-tags";
            await client._socket.SendAsync($"CAP REQ :{caps}\r\nNICK load{number}\r\nUSER load 0 * :load\r\nCAP END\r\nJOIN #lobby");
            while (!isWelcome)
                await client._socket.ReceiveAsync(line => isWelcome |= line.IndexOf(" 366 "u8) >= 0);
        }
        else
        {
            await client._socket.SendAsync("{\"op\":\"hello\",\"ver\":1}");
            while (!isWelcome)
                await client._socket.ReceiveAsync(_ => isWelcome = true);
        }
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

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(Count))
                if (_window > 0)
                    await PostAsync();
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The round is over, or the server has let go of us.
        }
    }

    private void Count(ReadOnlySpan<byte> text)
    {
        if (_isIrc ? text.IndexOf(" PRIVMSG #lobby :|"u8) < 0 : !text.StartsWith("{\"op\":\"ev\""u8))
            return;
        Interlocked.Increment(ref _received);
        if (_window == 0)
            return;
        // A body begins with the time it was sent at: |123456789 xxx…
        var body = text[(text.IndexOf((byte)'|') + 1)..];
        var sent = long.Parse(body[..body.IndexOf((byte)' ')], CultureInfo.InvariantCulture);
        lock (Latencies)
            Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }

    private async Task PostAsync()
    {
        for (; _posted < Received + _window; _posted++)
        {
            var body = $"|{Stopwatch.GetTimestamp()} ".PadRight(_size, 'x');
            await _socket.SendAsync(_isIrc ? $"PRIVMSG #lobby :{body}" : $"{{\"op\":\"send\",\"cid\":\"{_posted:x16}\",\"room\":\"#lobby\",\"body\":\"{body}\"}}");
        }
    }
}
