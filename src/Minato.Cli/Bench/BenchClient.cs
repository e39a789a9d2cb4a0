using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Minato.Cli.Bench;

/// <summary>One of the many: comes in by minato.v1, counts what it is told in its room, and posts if it is asked to.</summary>
internal sealed class BenchClient : IDisposable
{
    /// <summary>A server without room, or with limits, is asked again no later than this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly byte[] BodyStart = "\"body\":\"|"u8.ToArray(), ErrorStart = "{\"op\":\"error\""u8.ToArray();

    /// <summary>A timestamp in hexadecimal stands in each body.</summary>
    private const int TimeLength = 16;

    private readonly ClientWebSocket _socket = new();
    private readonly Uri _server;
    private readonly string _room;
    private readonly string _name;
    private readonly Tally _tally;
    private string? _auth;
    private byte[] _eventStart = [];
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private int _underWay;
    private long _posted;
    private long _waited;

    /// <param name="token">A token of the server's or of a person, who is then every client at once; null: a guest of its own.</param>
    /// <param name="name">Stands in its client ids, so it is nobody else's, in this run and any other: people share theirs over all their connections.</param>
    internal BenchClient(Uri server, string? token, string room, string name, Tally tally)
    {
        (_server, _room, _name, _tally) = (server, room, name, tally);
        _auth = token is null ? null : $$"""{"token":"{{JsonEncodedText.Encode(token)}}"}""";
        _socket.Options.AddSubProtocol("minato.v1");
    }

    /// <summary>Posts to keep under way; raised from outside, seen with the next event.</summary>
    internal int Window { get; set; }

    /// <summary>Whether the server knows it: who was never welcomed made nothing.</summary>
    internal bool IsWelcome { get; private set; }

    /// <summary>Whether it is in its room.</summary>
    internal bool IsIn => _eventStart.Length > 0;

    /// <summary>Connects, and makes or enters its room.</summary>
    /// <exception cref="WebSocketException">Nobody serves there, or no Minato.</exception>
    /// <exception cref="BenchException">The server refuses; the message is for the user.</exception>
    internal async Task EnterAsync(bool isMaker, CancellationToken cancel)
    {
        await ConnectAsync(cancel);
        await AskAsync(isMaker ? $$"""{"op":"create","cid":"{{_name}}-enter","kind":"public","slug":"{{_room}}"}""" : $$"""{"op":"join","cid":"{{_name}}-enter","room":"#{{_room}}"}""", "ok", cancel);
        using var entered = JsonDocument.Parse(_buffer.AsMemory(0, _length));
        _eventStart = Encoding.ASCII.GetBytes($"{{\"op\":\"ev\",\"room\":\"{entered.RootElement.GetProperty("room").GetString()}\",");
    }

    /// <summary>Archives the room that it has made, or may have made: over another connection, because its own may be lost.</summary>
    /// <exception cref="WebSocketException">The server is not there any more.</exception>
    /// <exception cref="BenchException">The server refuses; the message is for the user.</exception>
    internal async Task ArchiveAsync(CancellationToken cancel)
    {
        using var again = new BenchClient(_server, token: null, _room, _name, _tally) { _auth = _auth };
        await again.ConnectAsync(cancel);
        await again.AskAsync($$"""{"op":"archive","cid":"{{_name}}-archive","room":"#{{_room}}","on":true}""", "ok", cancel);
    }

    /// <summary>Takes what comes until it is cancelled, and posts while there is a window.</summary>
    /// <exception cref="BenchException">The server lets go of it, or refuses for good.</exception>
    internal async Task TalkAsync(CancellationToken cancel)
    {
        try
        {
            await PostAsync(cancel);
            while (true)
            {
                await ReceiveAsync(cancel);
                if (await TakeAsync(cancel))
                    await PostAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // It is over.
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Comes in; from then on it is who it was, by the session that it was given.</summary>
    private async Task ConnectAsync(CancellationToken cancel)
    {
        await _socket.ConnectAsync(new UriBuilder(_server) { Scheme = _server.Scheme == "https" ? "wss" : "ws", Path = "/ws" }.Uri, cancel);
        await AskAsync(_auth is null ? """{"op":"hello","ver":1}""" : $$"""{"op":"hello","ver":1,"auth":{{_auth}}}""", "welcome", cancel);
        using var welcome = JsonDocument.Parse(_buffer.AsMemory(0, _length));
        if (welcome.RootElement.TryGetProperty("session", out var session))
            _auth = $$"""{"session":"{{JsonEncodedText.Encode(session.GetString()!)}}"}""";
        IsWelcome = true;
    }

    /// <returns>Whether there may be something to post now.</returns>
    private async ValueTask<bool> TakeAsync(CancellationToken cancel)
    {
        var text = _buffer.AsMemory(0, _length);
        if (SentAt(text.Span) is { } sent)
        {
            _tally.Deliver(Stopwatch.GetElapsedTime(sent));
            if (Window == 0)
                return false;
            _tally.Post();
            _underWay--;
            return true;
        }
        if (!text.Span.StartsWith(ErrorStart))
            return false;
        var (cid, wait) = RefusalOf(text);
        _tally.Refuse();
        _underWay--;
        // What was sent before the last wait was refused before it, too.
        if (long.TryParse(cid.AsSpan(cid.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var post) && post >= _waited)
        {
            await Task.Delay(wait, cancel);
            _waited = _posted;
        }
        return true;
    }

    /// <summary>When a message of its room was sent that one of these clients wrote; null of all else: others may write there, and in rooms that one is in besides.</summary>
    private long? SentAt(ReadOnlySpan<byte> frame) =>
        frame.StartsWith(_eventStart) && frame.IndexOf(BodyStart) is > 0 and var at && frame.Length >= at + BodyStart.Length + TimeLength
        && long.TryParse(frame.Slice(at + BodyStart.Length, TimeLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sent) ? sent : null;

    private async Task PostAsync(CancellationToken cancel)
    {
        for (; _underWay < Window; _underWay++)
        {
            var body = $"|{Stopwatch.GetTimestamp():x16}".PadRight(_tally.Size, 'x');
            await SayAsync($$"""{"op":"send","cid":"{{_name}}-{{_posted++}}","room":"#{{_room}}","body":"{{body}}"}""", cancel);
        }
    }

    /// <summary>What was refused, and how long to wait before it is said again.</summary>
    /// <exception cref="BenchException">Waiting helps nothing.</exception>
    private static (string Cid, TimeSpan Wait) RefusalOf(ReadOnlyMemory<byte> error)
    {
        using var parsed = JsonDocument.Parse(error);
        return parsed.RootElement.TryGetProperty("retryAfter", out var wait) && parsed.RootElement.TryGetProperty("cid", out var cid)
            ? (cid.GetString()!, TimeSpan.FromMilliseconds(Math.Min(wait.GetInt64(), LongestWait.TotalMilliseconds)))
            : throw new BenchException($"The server refuses: {parsed.RootElement.GetProperty("message").GetString()}");
    }

    /// <summary>Passes over everything before the answer; asks again where the server says when.</summary>
    private async Task AskAsync(string text, string answer, CancellationToken cancel)
    {
        var start = Encoding.ASCII.GetBytes($"{{\"op\":\"{answer}\"");
        await SayAsync(text, cancel);
        while (true)
        {
            await ReceiveAsync(cancel);
            if (_buffer.AsSpan(0, _length).StartsWith(start))
                return;
            if (!_buffer.AsSpan(0, _length).StartsWith(ErrorStart))
                continue;
            await Task.Delay(RefusalOf(_buffer.AsMemory(0, _length)).Wait, cancel);
            await SayAsync(text, cancel);
        }
    }

    private async Task SayAsync(string text, CancellationToken cancel) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);

    private async ValueTask ReceiveAsync(CancellationToken cancel)
    {
        ValueWebSocketReceiveResult received;
        _length = 0;
        do
        {
            if (_length == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            received = await _socket.ReceiveAsync(_buffer.AsMemory(_length), cancel);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new BenchException($"The server let go of a client: {_socket.CloseStatusDescription ?? "it said no more"}");
            _length += received.Count;
        }
        while (!received.EndOfMessage);
    }
}
