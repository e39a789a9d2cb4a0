using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests.Torture;

/// <summary>A client with an outbox: it keeps what was not acknowledged and sends it again, under the same cid, on its next connection.</summary>
/// <param name="pause">Between two posts; null: none.</param>
internal sealed class Sender(int number, Random random, TimeSpan? pause = null) : IDisposable
{
    /// <summary>Unanswered posts; the protocol allows 64.</summary>
    private const int Window = 12;

    private readonly Lock _gate = new();
    private readonly List<(string Cid, string Body)> _outbox = [];
    private readonly SemaphoreSlim _mayPost = new(Window);
    private string? _session;
    private string? _room;
    private long _last;
    private int _posts;

    public string Name => $"sender {number}";

    public List<(string Cid, string Body)> Sent { get; } = [];

    public List<(string Cid, long Seq)> Acks { get; } = [];

    public List<List<Seen>> Runs { get; } = [];

    /// <summary>A rule of the protocol that the server broke.</summary>
    public string? Complaint { get; private set; }

    public void Dispose() => _mayPost.Dispose();

    /// <summary>Connects, sends again what was not answered, and pours until the connection breaks or it is told to stop.</summary>
    /// <param name="onAck">Called for each ok.</param>
    public async Task PourAsync(string url, Action onAck, CancellationToken stop)
    {
        WsClient? client = null;
        try
        {
            client = await WsClient.ConnectAsync(url);
            await ResumeAsync(client);
            var receiving = ReceiveAsync(client, onAck);
            await ResendAsync(client);
            while (!stop.IsCancellationRequested && !receiving.IsCompleted)
            {
                if (!await _mayPost.WaitAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None))
                    continue;
                var (cid, body) = Write();
                await client.PostAsync(cid, body);
                await Task.Delay(pause ?? TimeSpan.Zero, CancellationToken.None);
            }
            await receiving;
        }
        catch (Exception e) when (IsBreak(e))
        {
            // The server was killed: what this is about.
        }
        finally
        {
            client?.Dispose();
        }
    }

    /// <summary>Connects once more and waits until everything was answered, and everything up to the head was seen.</summary>
    public async Task SettleAsync(string url)
    {
        using var client = await WsClient.ConnectAsync(url);
        await ResumeAsync(client);
        await ResendAsync(client);
        while (true)
        {
            lock (_gate)
                if (_outbox.Count == 0)
                    break;
            Take(await client.ReceiveAsync($"the answers to {Name}'s last posts") ?? throw new InvalidOperationException($"{Name} was closed with {client.CloseCode}."), static () => { });
        }
        // Nothing is left to be posted by anybody who settled before: a question's answer comes behind the events up to now.
        await client.SendAsync(new { op = "who", rid = "last", room = "#lobby" });
        while (await client.ReceiveAsync("the last answer") is { } frame && WsClient.Op(frame) != "who")
            Take(frame, static () => { });
        await client.CloseAsync();
    }

    private async Task ResumeAsync(WsClient client)
    {
        var welcome = await client.HelloAsync(_session, resume: _room is null ? null : new Dictionary<string, long> { [_room] = _last });
        _session = client.Session;
        var lobby = welcome.GetProperty("rooms")[0];
        lock (_gate)
        {
            Runs.Add([]);
            if (_room is null)
                _last = lobby.GetProperty("head").GetInt64();
            _room = lobby.GetProperty("id").GetString();
        }
    }

    private async Task ResendAsync(WsClient client)
    {
        List<(string Cid, string Body)> again;
        lock (_gate)
            again = [.. _outbox];
        foreach (var (cid, body) in again)
            await client.PostAsync(cid, body);
    }

    private async Task ReceiveAsync(WsClient client, Action onAck)
    {
        try
        {
            while (await client.ReceiveAsync() is { } frame)
                Take(frame, onAck);
        }
        catch (Exception e) when (IsBreak(e))
        {
        }
    }

    private (string, string) Write()
    {
        lock (_gate)
        {
            var cid = $"s{number}-{++_posts}";
            var post = (cid, $"{cid} {new string('x', random.Next(200))}");
            _outbox.Add(post);
            Sent.Add(post);
            return post;
        }
    }

    private void Take(JsonElement frame, Action onAck)
    {
        lock (_gate)
        {
            switch (WsClient.Op(frame))
            {
                case "ok":
                    var cid = frame.GetProperty("cid").GetString()!;
                    Acks.Add((cid, frame.GetProperty("seq").GetInt64()));
                    if (_outbox.RemoveAll(p => p.Cid == cid) > 0)
                        _mayPost.Release();
                    onAck();
                    break;
                case "ev":
                    var seq = frame.GetProperty("seq").GetInt64();
                    if (seq != _last + 1)
                        Complaint ??= $"{Name} held {_last} and was sent {seq}.";
                    _last = seq;
                    if (frame.GetProperty("type").GetString() == "post")
                        Runs[^1].Add(new Seen(seq, frame.GetProperty("ts").GetInt64(), frame.GetProperty("body").GetString()!));
                    break;
                case "partial":
                    _last = frame.GetProperty("from").GetInt64() - 1;
                    Runs.Add([]);
                    break;
                case "reset" or "error":
                    Complaint ??= $"{Name} was told {frame}.";
                    break;
            }
        }
    }

    private static bool IsBreak(Exception e) => e is WebSocketException or IOException or SocketException or OperationCanceledException or HttpRequestException or InvalidOperationException or ObjectDisposedException;
}
