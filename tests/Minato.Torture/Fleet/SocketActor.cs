using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>A client of minato.v1, written from docs/protocols/websocket.md: it resumes, and sends again what was not answered.</summary>
/// <param name="keeper">A session that moderates; null: a guest like all others.</param>
internal sealed class SocketActor(string name, FleetOptions options, Recorder recorder, int seed, string? keeper) : Actor(name, options, recorder, seed)
{
    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new();
    private readonly HeldRooms _rooms = new(name, recorder, madeThem: keeper is not null);
    private readonly Dictionary<string, long> _pageAskedAt = [];
    private FrameConnection? _connection;
    private string? _session = keeper;
    private string? _me;
    private int _questions;
    private TaskCompletionSource? _arrived;
    private Acts? _acts;

    public override bool IsSettled => _outbox.Count == 0;

    protected override async Task LiveAsync(Action connected, CancellationToken life)
    {
        _acts ??= new Acts(Name, Random, Options, _rooms.Duties);
        var began = Recorder.Now;
        using var connection = await FrameConnection.OpenAsync(Server, life);
        await connection.SendAsync(Hello(), life);
        var welcome = await connection.ReceiveAsync(life) ?? throw new IOException("Closed before the welcome.");
        Welcome(welcome, began);
        connected();
        Volatile.Write(ref _connection, connection);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(life);
        var receiving = ReceiveAsync(connection, end.Token);
        try
        {
            _outbox.Begin();
            foreach (var (_, frame) in _outbox.All)
                await connection.SendAsync(frame, life);
            while (!receiving.IsCompleted)
            {
                if (Patience > TimeSpan.Zero && IsActing && _outbox.Waits > Patience)
                    throw new IOException("No answer comes, and there are other servers.");
                await Task.WhenAny(receiving, Task.Delay(NextPause(), life));
                if (IsActing && !receiving.IsCompleted && !life.IsCancellationRequested)
                    await ActAsync(connection, life);
            }
            await receiving;
        }
        finally
        {
            Volatile.Write(ref _connection, null);
            await end.CancelAsync();
            await receiving.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public override void Cut() => Volatile.Read(ref _connection)?.CutInsideFrame(new JsonObject { ["op"] = "send", ["cid"] = $"{Name}.half", ["room"] = Options.Rooms[0], ["body"] = "half" }.ToJsonString(), new Random());

    public override async Task ArriveAsync(CancellationToken stop)
    {
        // The answer to a question comes behind the events up to now; a connection that breaks meanwhile is followed by another try.
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var arrived = _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                if (Volatile.Read(ref _connection) is { } connection)
                {
                    await connection.SendAsync(new JsonObject { ["op"] = "who", ["rid"] = "end", ["room"] = Options.Rooms[0] }, stop);
                    await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10), stop);
                    break;
                }
            }
            catch (Exception e) when (e is IOException or TimeoutException or ObjectDisposedException or InvalidOperationException)
            {
            }
            await Task.Delay(100, stop);
        }
    }

    public override void End()
    {
        lock (_gate)
            _rooms.End();
    }

    private JsonObject Hello()
    {
        var hello = new JsonObject { ["op"] = "hello", ["ver"] = 1 };
        if (_session is not null)
            hello["auth"] = new JsonObject { ["session"] = _session };
        lock (_gate)
            if (_rooms.Cursors.Count > 0)
                hello["resume"] = new JsonObject { ["rooms"] = new JsonObject(_rooms.Cursors.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)JsonValue.Create(r.Value.Last)))) };
        return hello;
    }

    private async Task ActAsync(FrameConnection connection, CancellationToken life)
    {
        JsonObject? frame;
        lock (_gate)
        {
            frame = Question();
            if (frame is null && _outbox.Count < Outbox.Window && _acts!.Next(_rooms.Cursors, _me) is var (made, sent))
            {
                Recorder.Add(sent with { At = Recorder.Now });
                _outbox.Add(sent.Cid, made);
                frame = made;
            }
        }
        if (frame is not null)
            await connection.SendAsync(frame, life);
    }

    /// <summary>A room that it has just entered it loads; now and then it marks something as read, or looks at a page of history.</summary>
    private JsonObject? Question()
    {
        if (_rooms.Entered.TryDequeue(out var entered))
            return AskPage(entered);
        var lot = Random.Next(8);
        if (lot > 2 || _rooms.Cursors.Count == 0)
            return null;
        var (room, cursor) = _rooms.Cursors.ElementAt(Random.Next(_rooms.Cursors.Count));
        if (lot == 0 && cursor.IsMember)
            return new JsonObject { ["op"] = "read", ["room"] = room, ["seq"] = cursor.Last };
        return AskPage(room, Random.Next(2) == 0 ? Math.Max(2, Random.NextInt64(cursor.Last + 1)) : null);
    }

    private JsonObject AskPage(string room, long? before = null)
    {
        var rid = $"q{++_questions}";
        _pageAskedAt[rid] = Recorder.Now;
        var ask = new JsonObject { ["op"] = "history", ["rid"] = rid, ["room"] = room, ["limit"] = Random.Next(1, 60) };
        if (before is { } seq)
            ask["before"] = seq;
        return ask;
    }

    private async Task ReceiveAsync(FrameConnection connection, CancellationToken life)
    {
        while (await connection.ReceiveAsync(life) is { } frame)
            lock (_gate)
                Take(frame);
    }

    private void Welcome(JsonElement welcome, long began)
    {
        if (welcome.GetProperty("op").GetString() != "welcome")
        {
            if (welcome.GetProperty("op").GetString() == "bye")
                throw new IOException("It stops.");
            Complain($"The first frame was {welcome}");
            throw new IOException("No welcome.");
        }
        lock (_gate)
        {
            Recorder.Add(new Connected(began, Name, Node));
            if (welcome.TryGetProperty("session", out var session))
            {
                if (_me is not null)
                    Complain($"It was somebody, and is given a new session: {welcome}");
                _session = session.GetString();
            }
            You(welcome.GetProperty("you"));
            _rooms.Welcome(welcome.GetProperty("rooms"));
        }
    }

    private void You(JsonElement you)
    {
        if (you.GetProperty("id").GetString() is not { } id || id == _me)
            return;
        if (_me is not null)
            Complain($"It was {_me} and is told that it is {id}");
        _me = id;
        Recorder.Add(new Began(Recorder.Now, Name, id));
    }

    private void Take(JsonElement frame)
    {
        var at = Recorder.Now;
        string Field(string name) => frame.GetProperty(name).GetString()!;
        long Number(string name) => frame.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        switch (Field("op"))
        {
            case "ok":
                _outbox.Remove(Field("cid"));
                Recorder.Add(new Acked(at, Name, Field("cid"), frame.TryGetProperty("room", out var of) ? of.GetString()! : "-", Number("seq")));
                break;
            case "error" when frame.TryGetProperty("cid", out var cid):
                Recorder.Add(new Refused(at, Name, cid.GetString()!, Field("code")));
                if (frame.TryGetProperty("retryAfter", out var after))
                {
                    _ = AgainAsync(cid.GetString()!, after.GetInt32());
                    LookElsewhere();
                }
                else
                    _outbox.Remove(cid.GetString()!);
                break;
            case "error":
                if (Field("code") is not ("no_such_room" or "forbidden" or "not_a_member" or "rate_limited" or "storage_away" or "busy" or "storage_failed"))
                    Complain($"It was told {frame}");
                break;
            case "ev":
                _rooms.Event(at, frame);
                break;
            case "resumed" or "partial" or "reset":
                _rooms.Resume(at, frame);
                break;
            case "room":
                _rooms.Enter(frame.GetProperty("room"));
                break;
            case "gone":
                _rooms.Leave(at, Field("room"));
                break;
            case "you":
                You(frame.GetProperty("you"));
                break;
            case "read":
                Recorder.Add(new ReadTo(at, Name, Field("room"), Number("seq"), Number("unread")));
                break;
            case "history":
                History(at, frame);
                break;
            case "who" when frame.TryGetProperty("rid", out var rid) && rid.GetString() == "end":
                _arrived?.TrySetResult();
                break;
        }
    }

    /// <summary>It was refused for now: the same again, after the time that the server asks for.</summary>
    private async Task AgainAsync(string cid, int milliseconds)
    {
        await Task.Delay(Math.Min(milliseconds, 2000));
        try
        {
            if (_outbox.All.FirstOrDefault(w => w.Cid == cid).Frame is { } frame && Volatile.Read(ref _connection) is { } connection)
                await connection.SendAsync(frame, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It goes with all the others when there is a connection again.
        }
    }

    private void History(long at, JsonElement page)
    {
        var (room, head) = (page.GetProperty("room").GetString()!, page.GetProperty("head").GetInt64());
        var rid = page.GetProperty("rid").GetString()!;
        Recorder.Add(new Page(at, Name, room, head, _pageAskedAt.GetValueOrDefault(rid)));
        _pageAskedAt.Remove(rid);
        foreach (var m in page.GetProperty("messages").EnumerateArray())
            Recorder.Add(new Held(at, Name, room, head, m.GetProperty("seq").GetInt64(), m.GetProperty("post").GetInt64(), m.GetProperty("ts").GetInt64(), m.GetProperty("from").GetProperty("id").GetString()!,
                m.TryGetProperty("body", out var body) ? BodyText.IdOf(body.GetString()!) : "!", m.TryGetProperty("deleted", out _)));
    }
}
