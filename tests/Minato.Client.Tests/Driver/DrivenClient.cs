using System.Text.Json.Nodes;
using Minato.Core.Messages;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client.Tests.Driver;

/// <summary>A small bot that remembers what it was told: in a file, because it may be killed.</summary>
internal sealed class DrivenClient : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MinatoClient _client;
    private readonly long _since;
    private readonly string _notes;
    private readonly List<(long Seq, string? Body)> _messages = [];
    private readonly List<string> _failed = [];
    private readonly List<string> _resets = [];
    private readonly Task _reading;
    private long _last;
    private bool _hasAll = true;

    internal DrivenClient(Uri url, string state, long since, string[] faults)
    {
        (_since, _last, _notes) = (since, since, Path.Combine(state, "notes"));
        if (File.Exists(_notes))
            foreach (var line in File.ReadLines(_notes).Where(l => l.EndsWith(']')))
                Note((long)JsonNode.Parse(line)![0]!, (string?)JsonNode.Parse(line)![1]);
        IClientStore store = new FileClientStore(Path.Combine(state, "client"));
        IClientTransport transport = new WebSocketTransport(url);
        _client = MinatoClient.Create(url, new ClientOptions
        {
            Name = "driver/1",
            Store = faults.Contains("forgets-outbox") ? new ForgetfulStore(store) : store,
            Transport = faults.Length == 0 ? transport : new BrokenTransport(transport, faults),
            // A tenth of the usual patience, so that a script of many losses is quick.
            Random = () => 0.1,
        });
        _client.Start();
        _reading = ReadAsync();
    }

    internal void Send(string body) => _ = SendAsync(body);

    internal JsonObject Report()
    {
        lock (_gate)
            return new JsonObject
            {
                ["status"] = _client.Status switch
                {
                    ClientStatus.LoginRequired => "refused",
                    var status => status.ToString().ToLowerInvariant(),
                },
                ["last"] = _last,
                ["complete"] = _hasAll,
                ["pending"] = _client.Unanswered,
                ["kept"] = _client.Kept,
                ["failed"] = new JsonArray([.. _failed.Select(f => JsonValue.Create(f))]),
                ["resets"] = new JsonArray([.. _resets.Select(r => JsonValue.Create(r))]),
                ["messages"] = new JsonArray([.. _messages.Select(m => new JsonArray(m.Seq, m.Body))]),
            };
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    private async Task SendAsync(string body)
    {
        try
        {
            await _client.SendAsync("#lobby", body);
        }
        catch (RefusedException e)
        {
            lock (_gate)
                _failed.Add(e.Code);
        }
        catch (Exception e) when (e is LoginRequiredException or ObjectDisposedException)
        {
            // It stays in the outbox.
        }
    }

    private async Task ReadAsync()
    {
        // What the run before was told again, or had been told already: its cursor is up to a second behind its notes.
        var known = _messages.Count == 0 ? 0 : _messages[^1].Seq;
        try
        {
            await foreach (var update in _client.ReadAsync())
                switch (update)
                {
                    case Happened { Event: { } ev } when ev.Seq > known:
                        Told(ev.Seq, ev as PostEvent is { } post ? [(post.Seq, post.Body)] : []);
                        break;
                    case Repaired repaired:
                        Told(repaired.UpTo, [.. repaired.Messages.Where(m => m.Seq > known).Select(m => (m.Seq, m.Body))]);
                        break;
                    case RoomReset reset:
                        known = await LoadAsync(reset);
                        break;
                }
        }
        catch (LoginRequiredException)
        {
            // Its status says so.
        }
    }

    private void Told(long last, IReadOnlyList<(long Seq, string? Body)> messages)
    {
        lock (_gate)
        {
            foreach (var (seq, body) in messages)
            {
                File.AppendAllText(_notes, new JsonArray(seq, body).ToJsonString() + "\n");
                _messages.Add((seq, body));
            }
            _last = last;
        }
    }

    private void Note(long seq, string? body)
    {
        _messages.Add((seq, body));
        _last = seq;
    }

    /// <summary>As a bot does that is told to: everything anew, by history.</summary>
    private async Task<long> LoadAsync(RoomReset reset)
    {
        lock (_gate)
        {
            _resets.Add(reset.Reason);
            _messages.Clear();
            _hasAll = false;
            File.Delete(_notes);
        }
        HistoryAnswer page;
        var after = _since;
        do
        {
            page = await _client.HistoryAsync(reset.Room, new PageRequest(null, after, PageRequest.MaxLimit));
            after = page.Messages.Count > 0 ? page.Messages[^1].Seq : after;
            Told(after, [.. page.Messages.Select(m => (m.Seq, m.Body))]);
        }
        while (page.More);
        lock (_gate)
            (_last, _hasAll) = (page.Head, true);
        return page.Head;
    }
}
