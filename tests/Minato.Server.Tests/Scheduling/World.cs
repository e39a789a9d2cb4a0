using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Storage;
using Minato.Tests.Kit;
using Minato.Tests.Model;

namespace Minato.Server.Tests.Scheduling;

/// <summary>
/// A whole server in which everything waits for its turn: the writer, the publisher, every session's continuations, every answer of
/// the store, and what people do. A schedule says who is next.
/// </summary>
internal sealed class World : IDisposable
{
    /// <summary>Bytes that may wait for a client: some sixty events, so that slow readers are soon closed.</summary>
    public const int Capacity = 16 * 1024;

    /// <summary>Batches that the publisher may have waiting; past it the writer would wait for it.</summary>
    private const int MaxUnpublished = 15;

    private readonly ModelStore _model;
    private readonly PausingStore _store;
    private readonly LogWriter _writer;
    private readonly Publisher _publisher;
    private readonly List<ScheduledClient> _clients = [];
    private readonly List<(string Name, Task Session)> _sessions = [];
    private readonly List<string> _rooms = [];
    private int _committedAtPublish;
    private bool _isWriting;
    private bool _isPublishing;

    public World(IReadOnlyList<int> choices)
    {
        Schedule = new Schedule(choices);
        var system = new User(new UserId(1), Guid.CreateVersion7(), UserKind.System, "minato");
        _model = new ModelStore(Clock, system, new Room(new RoomId(1), Guid.CreateVersion7(), RoomKind.Public, Slug.Lobby, "Lobby", "", Archived: false) { History = HistoryView.All });
        _store = new PausingStore(_model, Schedule);
        var sessions = new SessionRegistry();
        var rooms = new LiveRooms(_store);
        _publisher = new Publisher(rooms, sessions, NullLogger<Publisher>.Instance, isStepped: true);
        _writer = new LogWriter(_store, _publisher, new ChangedRooms(), Clock, NullLogger<LogWriter>.Instance, isStepped: true);
        // Nobody searches here.
        Context = new SessionContext(_store, _writer, rooms, null!, sessions, new Admission(Server.Access.Guests, null, _store, new MemoryVouchers(Clock), Clock), new MinatoOptions { RateLimits = false }, Clock);
        Populate();
    }

    public ManualTime Clock { get; } = new();

    public Schedule Schedule { get; }

    public SessionContext Context { get; }

    /// <summary>What clients were told of, for a test that asks whether the schedules go everywhere.</summary>
    public HashSet<string> Reached { get; } = [];

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Run()
    {
        // Half of the schedules begin with everybody there.
        if (Schedule.Choose() % 2 == 1)
        {
            _clients.ForEach(c => c.Connect(resumes: false));
            Settle();
        }
        while (Schedule.HasChoices)
        {
            Step(Schedule.Choose());
            CheckBounds();
        }
        End();
    }

    /// <summary>All that is left is done; everybody has everything; all leave, and nothing is left behind.</summary>
    public void End()
    {
        Settle();
        CheckEverybodyHasEverything();
        foreach (var client in _clients.Where(c => c.IsConnected))
            client.HangUp();
        Settle();
        CheckAllIsLetGo();
    }

    public ScheduledClient Client(string name) => _clients.Single(c => c.Name == name);

    public string Room(string slug) => _model.Rooms.Single(r => r.Room.Slug == slug).Room.Uid.ToString();

    /// <summary>A session under way, whose end is awaited with everything else's.</summary>
    public void Follow(string name, Task session) => _sessions.Add((name, session));

    /// <summary>A private room's events only within one's spans.</summary>
    public void CheckMaySee(ScheduledClient client, string room, long seq)
    {
        var known = RoomOf(room);
        if (!known.IsPublic && !known.Spans.Any(s => s.User == client.User.Id && s.From <= seq && seq <= (s.To ?? long.MaxValue)))
            throw new BrokenRule($"{client.Name} was sent event {seq} of {known.Room.Slug}, which it may not see");
    }

    public void Dispose()
    {
        Schedule.Dispose();
        Context.Sessions.Dispose();
    }

    /// <summary>ann's public room, her private one in which bob is as well; bob has two tabs.</summary>
    private void Populate()
    {
        var people = new List<User>();
        foreach (var (name, i) in new[] { "ann", "bob", "cy" }.Select((n, i) => (n, i)))
        {
            var token = Convert.ToBase64String(Enumerable.Repeat((byte)(i + 1), 32).ToArray()).TrimEnd('=');
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes(token));
            people.Add(((UserChanged)_model.Apply(new RegisterGuest(UserKind.Guest, name, false, hash), Now)).User);
            _clients.Add(new ScheduledClient(this, name, people[^1], token));
            if (i == 1)
                _clients.Add(new ScheduledClient(this, "bob2", people[^1], token));
        }
        var open = Made(new CreateRoom(people[0], null, "open", "Open"));
        var den = Made(new CreateRoom(people[0], null, "den", "Den", RoomKind.Private));
        _model.Apply(new Join(people[1], null, open), Now);
        _model.Apply(new Invite(people[0], null, den, people[1].Id), Now);
        _model.Apply(new Join(people[1], null, den), Now);
        _rooms.AddRange(_model.Rooms.Select(r => r.Room.Uid.ToString()));

        RoomId Made(Command command) => ((Logged)_model.Apply(command, Now)).Room.Id;
    }

    /// <summary>One of all that could happen now.</summary>
    private void Step(int choice)
    {
        var (kind, more) = (choice % 32, choice / 32);
        if (kind < 20 && Schedule.Ready > 0)
            // Mostly whoever was under way last, so that others stand still for long and find everything changed.
            Schedule.Run(more % 4 == 0 ? more / 4 % Schedule.Ready : Schedule.Ready - 1);
        else if (kind is >= 20 and < 22)
            Write();
        else if (kind is >= 22 and < 24)
            Publish();
        else
            Act(_clients[more % _clients.Count], kind % 8, more / _clients.Count);
    }

    private void Act(ScheduledClient client, int kind, int more)
    {
        if (!client.IsConnected)
        {
            Schedule.Trace.Add($"{client.Name} connects");
            client.Connect(resumes: more % 4 != 0);
            return;
        }
        var room = _rooms[more / 8 % _rooms.Count];
        var other = _clients[more / 32 % _clients.Count].User.Uid;
        var act = (kind, client.IsWelcome) switch
        {
            (4, _) when more % 2 == 0 => "hangs up",
            (0 or 1, _) or (_, false) => "reads",
            (2 or 3, _) => "send",
            (4, _) => more % 4 == 1 ? "join" : "leave",
            (5, _) => (more % 8) switch { 0 => "kick", 1 => more % 16 == 1 ? "kick" : "ban", 2 or 3 => "unban", 4 or 5 => "invite", 6 => "join", _ => "leave" },
            (6, _) => more % 2 == 0 ? "read" : "join",
            _ => more % 2 == 0 ? "send" : "other",
        };
        Schedule.Trace.Add($"{client.Name} {act} {(act == "reads" ? "" : RoomOf(room).Room.Slug)}");
        switch (act)
        {
            case "reads":
                client.Read(more % 3 == 0 ? 100 : int.MaxValue);
                break;
            case "hangs up":
                client.HangUp();
                break;
            case "send":
                client.Ask("send", room, ",\"body\":\"CID\"");
                break;
            case "join" or "leave":
                client.Ask(act, room);
                break;
            case "kick" or "invite":
                client.Ask(act, room, $",\"user\":\"{other}\"");
                break;
            case "ban" or "unban":
                client.Ask("ban", room, $",\"user\":\"{other}\",\"on\":{(act == "ban" ? "true" : "false")}");
                break;
            case "read":
                client.MarkRead(room, Math.Max(0, RoomOf(room).Seq - (more / 64 % 3)));
                break;
            default:
                Rarely(client, room, more / 2 % 4);
                break;
        }
    }

    private void Rarely(ScheduledClient client, string room, int which)
    {
        switch (which)
        {
            case 0:
                Schedule.Trace.Add($"{client.Name} pours");
                for (var i = 0; i < Lane.MaxInFlight + 10; i++)
                    client.Ask("send", room, ",\"body\":\"CID\"");
                break;
            case 1 or 2:
                Schedule.Trace.Add("a second passes");
                Clock.Advance(TimeSpan.FromSeconds(1));
                break;
            default:
                Schedule.Trace.Add(_store.IsFull ? "there is space" : "the disk is full");
                _store.IsFull = !_store.IsFull;
                break;
        }
    }

    public void Write()
    {
        if (_isWriting || _store.Commits - _committedAtPublish >= MaxUnpublished)
            return;
        _isWriting = true;
        Schedule.Begin("the writer", () =>
        {
            _writer.RunOnce(waits: false);
            _isWriting = false;
        });
        Schedule.Run(Schedule.Ready - 1);
    }

    public void Publish()
    {
        if (_isPublishing)
            return;
        _isPublishing = true;
        _committedAtPublish = _store.Commits;
        Schedule.Begin("the publisher", () =>
        {
            _publisher.RunOnce(waits: false);
            _isPublishing = false;
        });
        Schedule.Run(Schedule.Ready - 1);
    }

    /// <summary>Everybody does all that is left to do, and nobody begins anything new.</summary>
    public void Settle()
    {
        _store.IsFull = false;
        Schedule.Hurries = true;
        for (var quiet = 0; quiet < 3;)
        {
            var (commits, read) = (_store.Commits, false);
            Schedule.RunAll();
            Write();
            Schedule.RunAll();
            Publish();
            Schedule.RunAll();
            foreach (var client in _clients)
                read |= client.Read(int.MaxValue);
            CheckBounds();
            quiet = read || commits != _store.Commits || Schedule.Ready > 0 ? 0 : quiet + 1;
            if (quiet == 1)
                Clock.Advance(TimeSpan.FromSeconds(1)); // read positions are due
        }
        Schedule.Hurries = false;
    }

    private void CheckBounds()
    {
        foreach (var session in Context.Sessions.All)
        {
            if (session.Lane.Waiting.Count > Lane.MaxInFlight)
                throw new BrokenRule($"{session.Nick} has {session.Lane.Waiting.Count} commands under way");
            if (session.Queue.Bytes > Capacity + 100)
                throw new BrokenRule($"{session.Queue.Bytes} bytes wait for {session.Nick}");
        }
    }

    private void CheckEverybodyHasEverything()
    {
        foreach (var client in _clients)
        {
            if (client.IsConnected && !client.IsWelcome)
                throw new BrokenRule($"{client.Name} was never welcome");
            if (client.IsWelcome)
                CheckHasEverything(client);
            var log = _model.Rooms.SelectMany(r => r.Events).OfType<Posted>().Where(p => p.From.Id == client.User.Id).Select(p => p.Body!.Value.ToString()).ToList();
            if (log.Count != log.Distinct().Count())
                throw new BrokenRule($"something of {client.Name}'s is in the log twice");
        }
    }

    private void CheckHasEverything(ScheduledClient client)
    {
        if (client.Unanswered.Count > 0)
            throw new BrokenRule($"{client.Name} never had an answer to {string.Join(", ", client.Unanswered)}");
        var mine = _model.ListRoomsAsync(client.User.Id, default).AsTask().Result.ToDictionary(v => v.Room.Uid.ToString(), v => v.Head.Seq);
        var (should, has) = (Words(mine), Words(client.Rooms));
        if (should != has)
            throw new BrokenRule($"{client.Name} should be at {should} and is at {has}");
        foreach (var room in client.Rooms.Keys)
            if (client.ReadUpTo(room) > RoomOf(room).Read.GetValueOrDefault(client.User.Id))
                throw new BrokenRule($"{client.Name} was told a read position that is not there");

        string Words(IEnumerable<KeyValuePair<string, long>> rooms) =>
            string.Join(", ", rooms.Select(r => $"{RoomOf(r.Key).Room.Slug} {r.Value}").Order(StringComparer.Ordinal));
    }

    private void CheckAllIsLetGo()
    {
        foreach (var (name, session) in _sessions)
        {
            if (!session.IsCompleted)
                throw new BrokenRule($"a session of {name} never ended");
            if (session.Exception is { } e)
                throw new BrokenRule($"a session of {name} failed: {e}");
        }
        if (Context.Sessions.All.Count > 0)
            throw new BrokenRule("a session is still registered");
        foreach (var room in _model.Rooms)
            if (Context.Rooms.Find(room.Id) is not null)
                throw new BrokenRule($"{room.Room.Slug} was never let go");
    }

    private ModelRoom RoomOf(string uid) => _model.Rooms.First(r => r.Room.Uid.ToString() == uid);
}

internal sealed class BrokenRule(string what) : Exception(what);
