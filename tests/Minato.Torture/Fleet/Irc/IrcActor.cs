using System.Globalization;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet.Irc;

/// <summary>
/// Somebody at an IRC client, written from docs/protocols/irc.md. A line has no id, so nothing is said twice: what was not answered when the connection
/// broke may be there or not. On each connection it is somebody new, who first reads by CHATHISTORY what came since the one before.
/// </summary>
internal sealed class IrcActor(string name, FleetOptions options, Recorder recorder, int seed) : Actor(name, options, recorder, seed)
{
    /// <summary>Messages in a page of history.</summary>
    private const int PageSize = 50;

    /// <summary>When all that is left is to read: an hour's log is long.</summary>
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(10);

    /// <summary>Between a client's name and the number of its connection: nobody else's nick has one.</summary>
    private const char NickMark = 'x';

    private readonly Dictionary<string, IrcRoom> _rooms = options.Rooms.Select(r => new IrcRoom(r, []))
        .Concat(options.Keys.Select(k => k.Split(' ')).GroupBy(k => k[0], k => k[1]).Select(g => new IrcRoom(g.Key, [.. g]))).ToDictionary(r => r.Channel);
    private readonly Lock _gate = new();

    /// <summary>Pages that have not come: they come in the order in which they were asked for.</summary>
    private readonly Queue<IrcPage> _asked = new();

    private readonly List<(string Channel, string Id)> _mine = [];
    private IrcConnection? _connection;
    private IrcPage? _page;
    private int _lives;
    private int _said;
    private string _life = name;
    private bool _isQuitting;

    /// <summary>Whether it has been told who it is, on this connection.</summary>
    private bool _isKnown;

    private volatile bool _hasLeft;

    /// <summary>What was said is not said again. It is settled when it has read all and is gone: coming and going are events, which others must not miss at their end.</summary>
    public override bool IsSettled => _hasLeft;

    protected override bool HasLeft => _hasLeft;

    /// <summary>Whether somebody of this name is here over IRC.</summary>
    public static bool IsNick(string nick) => nick.Contains(NickMark, StringComparison.Ordinal);

    private IEnumerable<IrcRoom> Meant => _rooms.Values.Where(r => r.IsMeant);

    protected override async Task LiveAsync(Action connected, CancellationToken life)
    {
        var (began, nick) = (Recorder.Now, $"{Name}{NickMark}{++_lives}");
        using var connection = await IrcConnection.OpenAsync(Server, nick, life);
        connected();
        _life = $"{Name}.{_lives}";
        Recorder.Add(new Connected(began, _life, Node));
        lock (_gate)
        {
            _mine.Clear();
            _asked.Clear();
            _page = null;
            foreach (var room in _rooms.Values)
                room.Begin(Random);
        }
        (_isQuitting, _isKnown) = (false, false);
        foreach (var room in Meant)
        {
            await connection.SendAsync(room.Join, life);
            await AskAsync(connection, room, life);
        }
        Volatile.Write(ref _connection, connection);
        try
        {
            var receiving = ReceiveAsync(connection, nick, life);
            while (!receiving.IsCompleted)
            {
                await Task.WhenAny(receiving, Task.Delay(IsActing ? NextPause() : BetweenPages, life));
                if (IsActing && !receiving.IsCompleted && !life.IsCancellationRequested)
                    await ActAsync(connection, nick, life);
                else if (!IsActing)
                    await ReadOnAsync(connection, life);
            }
            await receiving;
            _hasLeft = _isQuitting;
        }
        finally
        {
            Volatile.Write(ref _connection, null);
        }
    }

    public override void Cut() => Volatile.Read(ref _connection)?.CutInsideLine($"PRIVMSG {Options.Rooms[0]} :{Name}.half");

    public override Task ArriveAsync(CancellationToken stop) => Task.CompletedTask;

    public override void End()
    {
    }

    /// <summary>Asks for what came after what it has, in each room, until there is nothing; then it leaves.</summary>
    private async Task ReadOnAsync(IrcConnection connection, CancellationToken life)
    {
        lock (_gate)
            if (_isQuitting || _asked.Count > 0 || _page is not null)
                return;
        if (Meant.FirstOrDefault(r => !r.IsAtEnd) is { } behind)
            await AskAsync(connection, behind, life);
        else
        {
            _isQuitting = true;
            await connection.SendAsync("QUIT :enough", life);
        }
    }

    private async Task ActAsync(IrcConnection connection, string nick, CancellationToken life)
    {
        // Into some it says something from outside: it must not be let. Where it moderates it is soon over.
        var room = _rooms.Values.FirstOrDefault(r => r.IsModerator && Random.Next(2) == 0) ?? _rooms.ElementAt(Random.Next(_rooms.Count)).Value;
        switch (Random.Next(100))
        {
            case < 50 when room.IsModerator && Other(room, nick) is { } other:
                await (Random.Next(3) == 0
                    ? DoAsync(connection, "ban", room.Channel, 0, id => $"@label={id} MODE {room.Channel} +b {other}", life)
                    : DoAsync(connection, "kick", room.Channel, 0, id => $"@label={id} KICK {room.Channel} {other} :by {id}", life));
                break;
            case < 4 when AnyOfMine() is var (channel, target):
                await DoAsync(connection, "delete", channel, IrcRoom.SeqOf(target), id => $"@label={id} REDACT {channel} {target}", life);
                break;
            case < 8 when room.IsMeant:
                await connection.SendAsync($"PART {room.Channel} :for a moment", life);
                await connection.SendAsync(room.Join, life);
                break;
            case < 16:
                await AskAsync(connection, room, life);
                break;
            default:
                await DoAsync(connection, "send", room.Channel, 0, id => $"@label={id} PRIVMSG {room.Channel} :{BodyText.Of(id, Random.Next(12))}", life);
                break;
        }
    }

    private async Task DoAsync(IrcConnection connection, string op, string channel, long target, Func<string, string> line, CancellationToken life)
    {
        var id = $"{Name}.{++_said}";
        Recorder.Add(new Sent(Recorder.Now, _life, id, op, channel, target, "-"));
        await connection.SendAsync(line(id), life);
    }

    private (string Channel, string Id)? AnyOfMine()
    {
        lock (_gate)
            return _mine.Count > 0 ? _mine[Random.Next(_mine.Count)] : null;
    }

    private string? Other(IrcRoom room, string nick)
    {
        lock (_gate)
            return room.Nicks.FindAll(n => n != nick) is { Count: > 0 } others ? others[Random.Next(others.Count)] : null;
    }

    /// <summary>Asks for the page after what it has; for the newest, where it has nothing.</summary>
    private Task AskAsync(IrcConnection connection, IrcRoom room, CancellationToken life)
    {
        // Asked and sent in one order: the answers come in it.
        lock (_gate)
        {
            var last = room.LastId;
            _asked.Enqueue(new IrcPage(room, Recorder.Now, last is null ? -1 : IrcRoom.SeqOf(last)));
            return connection.SendAsync(last is null ? $"CHATHISTORY LATEST {room.Channel} * {PageSize}" : $"CHATHISTORY AFTER {room.Channel} msgid={last} {PageSize}", life);
        }
    }

    private async Task ReceiveAsync(IrcConnection connection, string nick, CancellationToken life)
    {
        while (await connection.ReceiveAsync(life) is { } line)
            lock (_gate)
                Take(line, nick);
    }

    private void Take(IrcLine line, string nick)
    {
        switch (line.Command)
        {
            case "BATCH" when line[0].StartsWith('+') && line[1] == "chathistory":
                _page = _asked.Dequeue();
                break;
            case "BATCH" when _page is { } page && line[0].StartsWith('-'):
                page.Room.IsAtEnd = page.Count == 0;
                if (page is { Count: 0, After: >= 0 })
                    Recorder.Add(new CaughtUp(Recorder.Now, _life, page.Room.Id!, page.AskedAt, page.After));
                _page = null;
                break;
            case "FAIL" when line[0] == "CHATHISTORY":
                var room = _asked.Dequeue().Room;
                room.IsAtEnd = true;
                break;
            case "400" when line[1] == "CHATHISTORY":
                _asked.Dequeue();
                break;
            case "PRIVMSG" or "NOTICE" when line.Tag("msgid") is { } id && _rooms.TryGetValue(line[0], out var said):
                Message(line, said, id, line.Source == nick);
                break;
            case "REDACT" when line.Tag("label") is { } label && line.Source == nick:
                Recorder.Add(new Acked(Recorder.Now, _life, label, IrcRoom.RoomOf(line[1]), IrcRoom.SeqOf(line[1])));
                break;
            case "KICK" or "MODE" when line.Tag("label") is { } done && line.Source == nick:
                Recorder.Add(line.Tag("msgid") is { } kick ? new Acked(Recorder.Now, _life, done, IrcRoom.RoomOf(kick), IrcRoom.SeqOf(kick)) : new Acked(Recorder.Now, _life, done, "-", 0));
                break;
            case "MODE" when line[1].Contains('o', StringComparison.Ordinal) && line[2] == nick && _rooms.TryGetValue(line[0], out var given):
                given.IsModerator = line[1].StartsWith('+');
                break;
            case "JOIN" or "PART" or "KICK" when (line.Command == "KICK" ? line[1] : line.Source) == nick:
                Moved(line);
                break;
            case "401" or "403" or "404" or "441" or "442" or "482" or "FAIL" when line.Tag("label") is { } refused:
                // The disk failed: whether it was saved is not known.
                if (!line.Parameters[^1].Contains("not known", StringComparison.Ordinal))
                    Recorder.Add(new Refused(Recorder.Now, _life, refused, line.Command));
                break;
        }
    }

    /// <summary>It came into a channel, or is not in it any more.</summary>
    private void Moved(IrcLine line)
    {
        var isIn = line.Command == "JOIN";
        if (isIn && !_isKnown)
            Recorder.Add(new Began(Recorder.Now, _life, line.Host.Split('.')[0]));
        _isKnown |= isIn;
        if (!_rooms.TryGetValue(line[0], out var room))
            return;
        (room.IsIn, room.IsModerator) = (isIn, room.IsModerator && isIn);
        if (room.Id is { } left)
            Recorder.Add(new Gone(Recorder.Now, _life, left));
    }

    private void Message(IrcLine line, IrcRoom room, string id, bool isMine)
    {
        var (at, of, seq) = (Recorder.Now, IrcRoom.RoomOf(id), IrcRoom.SeqOf(id));
        var ts = DateTimeOffset.Parse(line.Tag("time") ?? "", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var text = BodyText.IdOfPiece(line[1]);
        room.Id = of;
        room.Spoke(line.Source);
        if (isMine)
            _mine.Add((line[0], id));
        if (line.Tag("batch") is not null)
        {
            var page = _page!;
            page.Count++;
            Recorder.Add(new Recalled(at, _life, of, page.AskedAt, page.After, seq, ts, text));
            room.Advance(seq, id);
            return;
        }
        if (room.IsIn)
            Recorder.Add(new Heard(at, _life, of, seq, ts, text));
        if (isMine && line.Tag("label") is { } label)
            Recorder.Add(new Acked(at, _life, label, of, seq));
    }
}
