using System.Net.WebSockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Minato.Tests.Kit;

/// <summary>A client of minato.v1, written from docs/protocols/websocket.md alone. One sends and one receives at a time.</summary>
internal sealed class WsClient : IDisposable
{
    /// <summary>Quotes as two bytes, not six.</summary>
    private static readonly JsonSerializerOptions AsBrowsersDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebSocket _socket;
    private readonly List<JsonElement> _passed = [];
    private byte[] _buffer = new byte[64 * 1024];

    private WsClient(WebSocket socket) => _socket = socket;

    public int? CloseCode => (int?)_socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>The token of the first welcome, by which the next hello comes back.</summary>
    public string? Session { get; private set; }

    /// <param name="url">http://host:port, or https</param>
    public static async Task<WsClient> ConnectAsync(string url, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("minato.v1");
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(new Uri(url.Replace("http", "ws", StringComparison.Ordinal) + "/ws"), CancellationToken.None)
                .Within($"a WebSocket to {url}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new WsClient(socket);
    }

    /// <summary>A socket that was connected in some special way.</summary>
    public static WsClient Of(WebSocket socket) => new(socket);

    /// <summary>Frames over whatever carries bytes; the upgrade was made, or is not needed.</summary>
    public static WsClient Over(Stream stream) => new(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false, SubProtocol = "minato.v1" }));

    public async Task<JsonElement> HelloAsync(string? session = null, string? token = null, object? resume = null, string[]? want = null, string? ticket = null)
    {
        Dictionary<string, object> hello = new() { ["op"] = "hello", ["ver"] = 1, ["client"] = "tests/1" };
        var auth = new[] { ("session", session), ("token", token), ("ticket", ticket) }.Where(a => a.Item2 is not null).ToDictionary(a => a.Item1, a => a.Item2!);
        if (auth.Count > 0)
            hello["auth"] = auth;
        if (resume is not null)
            hello["resume"] = new { rooms = resume };
        if (want is { Length: > 0 })
            hello["want"] = want;
        await SendAsync(hello);
        var welcome = await NextAsync("welcome");
        Session = welcome.TryGetProperty("session", out var made) ? made.GetString() : session;
        return welcome;
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame, AsBrowsersDo));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type, bool isEnd = true) =>
        _socket.SendAsync(bytes, type, isEnd, CancellationToken.None).Within("the server to take a frame");

    public Task PostAsync(string cid, string body, string room = "#lobby") => SendAsync(new { op = "send", cid, room, body });

    /// <summary>Posts and waits for its ok.</summary>
    public async Task<JsonElement> PostedAsync(string cid, string body, string room = "#lobby")
    {
        await PostAsync(cid, body, room);
        return await AnswerAsync(cid);
    }

    /// <summary>The ok or error of a cid or rid.</summary>
    public Task<JsonElement> AnswerAsync(string id) => NextAsync(
        f => (f.TryGetProperty("cid", out var cid) && cid.GetString() == id) || (f.TryGetProperty("rid", out var rid) && rid.GetString() == id),
        $"an answer to {id}");

    public async Task<JsonElement> AskAsync(object frame, string id)
    {
        await SendAsync(frame);
        return await AnswerAsync(id);
    }

    /// <summary>The next frame of this op; others that come before it are kept for later.</summary>
    public Task<JsonElement> NextAsync(string op) => NextAsync(f => Op(f) == op, $"a frame {op}");

    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> match, string what)
    {
        var kept = _passed.FindIndex(f => match(f));
        if (kept >= 0)
        {
            var found = _passed[kept];
            _passed.RemoveAt(kept);
            return found;
        }
        while (true)
        {
            if (await ReceiveRawAsync($"{what} (passed: {string.Join(' ', _passed.Select(Op))})") is not { } frame)
                throw new InvalidOperationException($"Closed with {CloseCode} {CloseReason} before {what} came.");
            if (match(frame))
                return frame;
            _passed.Add(frame);
        }
    }

    public Task<JsonElement> PostEventAsync(string body) => NextAsync(
        f => Op(f) == "ev" && f.TryGetProperty("body", out var b) && b.GetString() == body, $"the post \"{(body.Length > 40 ? body[..40] : body)}\"");

    /// <summary>The next frame in the order of the wire; null when the server closed.</summary>
    public async Task<JsonElement?> ReceiveAsync(string what = "a frame") => TakeKept() ?? await ReceiveRawAsync(what);

    /// <summary>The next of those that were received while something else was waited for.</summary>
    public JsonElement? TakeKept()
    {
        if (_passed.Count == 0)
            return null;
        var first = _passed[0];
        _passed.RemoveAt(0);
        return first;
    }

    /// <summary>Reads to the end and says what it was closed with; null: without a close frame.</summary>
    public async Task<int?> ClosedAsync()
    {
        try
        {
            while (await ReceiveRawAsync("the close") is { } frame)
                _passed.Add(frame);
        }
        catch (WebSocketException)
        {
            return null;
        }
        return CloseCode;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).Within("the closing handshake");

    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    public static string Op(JsonElement frame) => frame.GetProperty("op").GetString()!;

    private async Task<JsonElement?> ReceiveRawAsync(string what)
    {
        if (_socket.CloseStatus is not null)
            return null;
        for (var length = 0; ;)
        {
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, length * 2);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().Within(what);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (!part.EndOfMessage)
                continue;
            using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
            return document.RootElement.Clone();
        }
    }
}
