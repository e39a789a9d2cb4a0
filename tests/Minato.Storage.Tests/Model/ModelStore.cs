using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>
/// The least that behaves as a store should: lists and dictionaries, written from docs/rights.md and docs/protocols/websocket.md
/// and not from a store. Other stores are held against it, and where a test needs a store that is nothing but right, it is one.
/// </summary>
internal sealed partial class ModelStore : IStore
{
    private readonly TimeProvider _clock;
    private readonly List<ModelRoom> _rooms = [];
    private readonly List<User> _users = [];
    private readonly HashSet<UserId> _ended = [];
    private readonly Dictionary<string, UserId> _sessions = [];
    private readonly Dictionary<(UserId User, ClientId Cid), Answer> _answers = [];

    /// <param name="system">Who made the lobby.</param>
    public ModelStore(TimeProvider clock, User system, Room lobby)
    {
        _clock = clock;
        _users.Add(system);
        var room = new ModelRoom(lobby);
        room.Events.Add(new Created(lobby.Id, 1, Now, system, lobby.Kind, lobby.Slug, lobby.Title));
        _rooms.Add(room);
    }

    public IReadOnlyList<ModelRoom> Rooms => _rooms;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel) =>
        new((IReadOnlyList<Outcome>)[.. batch.Select(c => Apply(c, Now))]);

    /// <summary>What must come of a command. Where a store is free to choose (ids, a provisional nick), <paramref name="actual"/> is asked, if it is given.</summary>
    public Outcome Apply(Command command, long now, Outcome? actual = null)
    {
        if (command is RegisterGuest register)
            return Register(register, actual);
        if (command is Purge purge)
            return Purge(purge, now);
        if (command is not UserCommand { Actor.Id: var id } || Living(id) is not { } actor)
            return new Refused(Refusal.NoSuchUser);
        // The server itself, in whose name the operator acts: six things, and takes no part.
        if (actor.Kind == UserKind.System && command is not (SetServerRole or CreateRoom or Archive or Ban or Unban or Transfer))
            return new Refused(Refusal.Forbidden);
        return command switch
        {
            Rename rename => Rename(rename, actor),
            EndVisitor => End(actor, now),
            SetServerRole role => GiveRole(role, actor),
            CreateRoom create => Create(create, actor, now, actual),
            OpenDirect direct => OpenDirect(direct, actor, now, actual),
            JoinByLink join => JoinByLink(join, actor, now),
            BlockUser block => Block(block, actor, now),
            RoomCommand inRoom => RoomOf(inRoom.Room) is { } room ? Act(inRoom, actor, room, now, actual)
                : inRoom is MarkRead ? Nothing.Value : new Refused(AnswerTo(inRoom) is null ? Refusal.NoSuchRoom : Refusal.CidConflict),
            _ => throw new InvalidOperationException(command.ToString()),
        };
    }

    /// <summary>What opening a store does: visitors whose server is gone will not come back.</summary>
    public void Reopen()
    {
        foreach (var visitor in _users.Where(u => u.Kind == UserKind.Visitor && !_ended.Contains(u.Id)).ToList())
            End(visitor, Now);
    }

    private Outcome Register(RegisterGuest command, Outcome? actual)
    {
        if (command.SessionHash is { } hash && _sessions.TryGetValue(Convert.ToHexString(hash), out var known))
            return Living(known) is { Kind: UserKind.Guest } guest ? new UserChanged(guest) : new Refused(Refusal.LoginRequired);
        var chosen = (actual as UserChanged)?.User ?? new User(new UserId(_users.Max(u => u.Id.Value) + 1), Guid.CreateVersion7(), command.Kind, Nick.Provisional());
        var nick = command.Nick;
        if (ByNick(nick) is not null)
        {
            if (!command.NickIsProvisional)
                return new Refused(Refusal.NickTaken);
            nick = ByNick(chosen.Nick) is null && chosen.Nick.StartsWith("guest-", StringComparison.Ordinal) ? chosen.Nick : "guest-…";
        }
        var user = chosen with { Nick = nick, Kind = command.Kind, Role = command.Kind == UserKind.Account ? ServerRole.Member : ServerRole.Guest };
        if (_users.Any(u => u.Id == user.Id || u.Uid == user.Uid))
            throw new InvalidOperationException($"{user} has an id that was used before.");
        _users.Add(user);
        if (command.SessionHash is { } token)
            _sessions.Add(Convert.ToHexString(token), user.Id);
        return new UserChanged(user);
    }

    private Outcome Rename(Rename command, User actor)
    {
        if (AnswerTo(command) is { } first)
            return first.Act == nameof(Rename) ? new UserChanged(actor, actor) : new Refused(Refusal.CidConflict);
        if (ByNick(command.Nick) is { } other && other.Id != actor.Id)
            return new Refused(Refusal.NickTaken);
        Claim(command, default, 0, 0);
        var renamed = actor with { Nick = command.Nick };
        _users[_users.IndexOf(actor)] = renamed;
        return new UserChanged(renamed, actor);
    }

    private Outcome GiveRole(SetServerRole command, User actor)
    {
        var subject = Living(command.Subject);
        if (AnswerTo(command) is { } first && subject is not null)
            return first.Act == nameof(SetServerRole) && first.Seq == subject.Id.Value ? new UserChanged(subject, subject) : new Refused(Refusal.CidConflict);
        var owners = _users.Where(u => u.Role == ServerRole.Owner && !_ended.Contains(u.Id)).ToList();
        if (actor is not ({ Role: ServerRole.Owner } or { Kind: UserKind.System }))
            return new Refused(Refusal.Forbidden);
        if (subject is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        if (subject.Kind != UserKind.Account || command.Role == ServerRole.Guest)
            return new Refused(Refusal.Forbidden);
        if (owners.Count == 1 && owners[0].Id == subject.Id && command.Role != ServerRole.Owner)
            return new Refused(Refusal.LastOwner);
        Claim(command, default, subject.Id.Value, 0);
        var changed = subject with { Role = command.Role };
        _users[_users.IndexOf(subject)] = changed;
        return new UserChanged(changed, subject);
    }

    private VisitorEnded EndAll(User actor, long now)
    {
        _blocks.RemoveAll(b => b.User == actor.Id);
        var events = new List<(Room, RoomEvent)>();
        foreach (var room in _rooms.Where(r => r.Members.ContainsKey(actor.Id)))
        {
            events.Add((AsOfNow(room), Depart(room, actor, now)));
        }
        _ended.Add(actor.Id);
        return new VisitorEnded(events);
    }

    private Outcome End(User actor, long now) => actor.Kind == UserKind.Visitor ? EndAll(actor, now) : new Refused(Refusal.Forbidden);

    private Outcome Create(CreateRoom command, User actor, long now, Outcome? actual)
    {
        if (AnswerTo(command) is { } first)
            return first.Act == nameof(CreateRoom) && IsSlug(RoomOf(first.Room)!, command.Slug) ? Repeat(first) : new Refused(Refusal.CidConflict);
        if (_rooms.Any(r => IsSlug(r, command.Slug)))
            return new Refused(Refusal.SlugTaken);
        if (actor.Kind == UserKind.System && command is { Owner: null, Kind: RoomKind.Private })
            return new Refused(Refusal.Forbidden);
        var owner = actor.Kind != UserKind.System ? actor : command.Owner is { } id ? Living(id) : null;
        if (actor.Kind == UserKind.System && command.Owner is not null && owner is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        var room = new Room(default, default, command.Kind, command.Slug, command.Title, "", false) { History = command.History ?? (command.Kind == RoomKind.Public ? HistoryView.All : HistoryView.Joined) };
        return Open(command, room, actor, owner is null ? [] : [owner], Standing.Owner, now, actual);
    }

    private Outcome OpenDirect(OpenDirect command, User actor, long now, Outcome? actual)
    {
        var ids = command.Others.Append(actor.Id).ToHashSet();
        if (AnswerTo(command) is { } first)
            return first.Act == nameof(OpenDirect) && RoomOf(first.Room)!.IsBetween(ids) ? Repeat(first) : new Refused(Refusal.CidConflict);
        if (ids.Count > 10)
            return new Refused(Refusal.TooMany);
        User?[] people = [.. ids.OrderBy(id => id.Value).Select(Living)];
        if (people.Any(p => p is null or { Kind: UserKind.System }))
            return new Refused(Refusal.NoSuchUser);
        if (_rooms.Find(r => r.IsBetween(ids)) is { } found)
            return found.Members.ContainsKey(actor.Id) ? AnswerWithHead(command, found) : Return(command, found, actor, now);
        if (ids.Any(id => Blocks(id, actor.Id)) || (ids.Count == 2 && ids.Any(id => Blocks(actor.Id, id))))
            return new Refused(Refusal.Blocked);
        if (WaitToDo(nameof(OpenDirect), actor, atOnce: 20, eachHour: 20, now) is { } wait)
            return new Refused(Refusal.RateLimited, wait);
        return Open(
            command, new Room(default, default, RoomKind.Direct, null, "", "", false) { Users = people! }, actor, people!, Standing.Member, now, actual);
    }

    private Logged Open(UserCommand command, Room described, User actor, User[] people, Standing role, long now, Outcome? actual)
    {
        var (id, uid) = actual is Logged { Room: var chosen } ? (chosen.Id, chosen.Uid) : (new RoomId(_rooms.Max(r => r.Id.Value) + 1), Guid.CreateVersion7());
        if (_rooms.Any(r => r.Id == id || r.Room.Uid == uid))
            throw new InvalidOperationException($"Room {id.Value} has an id that was used before.");
        var room = new ModelRoom(described with { Id = id, Uid = uid });
        _rooms.Add(room);
        var ev = Log(room, now, (seq, ts) => new Created(id, seq, ts, actor, described.Kind, described.Slug, described.Title));
        foreach (var user in people)
            room.Enter(user.Id, role, from: 1);
        Claim(command, id, ev.Seq, ev.Ts);
        return new Logged(AsOfNow(room), ev.Seq, ev.Ts, ev) { Entered = people };
    }

    /// <summary>What is done in a room: by the client id first, then by the rights; and what is so already is no event.</summary>
    private Outcome Act(RoomCommand command, User actor, ModelRoom room, long now, Outcome? actual)
    {
        if (command is MarkRead mark)
            return MarkRead(mark, actor, room, now);
        if (command is MakeLink link)
            return MakeLink(link, actor, room, now, actual);
        if (AnswerTo(command) is { } first)
            return first.Act == command.GetType().Name && first.Room == room.Id ? Repeat(first) : new Refused(Refusal.CidConflict);
        if (Refuse(command, actor, room, now) is { } refusal)
            return new Refused(refusal);
        if (command is Join join && AtTheDoor(join, actor, room, now) is { } shut)
            return shut;
        if (command is Post && WaitOf(actor, room, now) is { } wait)
            return new Refused(Refusal.SlowMode, wait);
        if (command is RevokeLink revoke)
        {
            room.Links.RemoveAll(l => l.Uid == revoke.Link);
            return AnswerWithHead(command, room);
        }
        if (command is ReportMessage report)
            return Report(report, actor, room, now);
        if (IsDone(command, actor, room, now))
            return AnswerWithHead(command, room);
        if (command is SetSlug && WaitToDo(nameof(SetSlug), actor, atOnce: 30, eachHour: 20, now) is { } next)
            return new Refused(Refusal.RateLimited, next);
        var logged = CarryOut(command, actor, room, now);
        Claim(command, room.Id, logged.Seq, logged.Ts);
        return logged with { Room = AsOfNow(room) };
    }

    private Outcome MarkRead(MarkRead mark, User actor, ModelRoom room, long now)
    {
        var seq = Math.Min(mark.Seq, room.Seq);
        if (Check(RoomAction.MarkRead, room, actor, now) is not null || seq <= room.Read.GetValueOrDefault(actor.Id))
            return Nothing.Value;
        room.Read[actor.Id] = seq;
        return new ReadMoved(actor.Id, AsOfNow(room), seq, room.PostNoAt(seq), room.UnreadOf(actor.Id));
    }

    private Logged AnswerWithHead(UserCommand command, ModelRoom room)
    {
        Claim(command, room.Id, room.Seq, room.Ts);
        return new Logged(AsOfNow(room), room.Seq, room.Ts, null);
    }

    private Logged Repeat(Answer first) => new(AsOfNow(RoomOf(first.Room)!), first.Seq, first.Ts, null);

    private Answer? AnswerTo(UserCommand command) =>
        command.Cid is { } cid && _answers.TryGetValue((command.Actor.Id, cid), out var first) ? first : null;

    private void Claim(UserCommand command, RoomId room, long seq, long ts)
    {
        if (command.Cid is { } cid)
            _answers.Add((command.Actor.Id, cid), new Answer(command.GetType().Name, room, seq, ts));
    }

    private static T Log<T>(ModelRoom room, long now, Func<long, long, T> write) where T : RoomEvent
    {
        var ev = write(room.Seq + 1, Math.Max(now, room.Ts));
        room.Events.Add(ev);
        return ev;
    }

    private ModelRoom? RoomOf(RoomId id) => _rooms.Find(r => r.Id == id);

    private User? Living(UserId id) => _users.Find(u => u.Id == id && !_ended.Contains(id));

    private User? ByNick(string nick) => _users.Find(u => Nick.Key(u.Nick) == Nick.Key(nick) && !_ended.Contains(u.Id));

    /// <summary>Who somebody is by now, though they may have ended.</summary>
    private User Today(User user) => _users.Find(u => u.Id == user.Id)!;

    /// <summary>Direct rooms carry who they are between, by their names of today.</summary>
    private Room AsOfNow(ModelRoom room) => room.Room with { Users = [.. room.Room.Users.Select(Today).OrderBy(u => u.Id.Value)] };

    /// <summary>Now or ever.</summary>
    private static bool IsSlug(ModelRoom room, string slug) => room.Names.Contains(Slug.Key(slug));

    private sealed record Answer(string Act, RoomId Room, long Seq, long Ts);
}
