using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

/// <summary>The least that behaves as a store should: lists and dictionaries, written from the rules and not from the store.</summary>
internal sealed class Model
{
    private readonly Dictionary<(UserId, string), (string Act, object What, long Seq, long Ts)> _answers = [];

    public Dictionary<UserId, User> Users { get; } = [];

    public Dictionary<RoomId, ModelRoom> Rooms { get; } = [];

    /// <summary>What must come of a command, in words; <paramref name="actual"/> is only asked for ids that the store alone can choose.</summary>
    public string Apply(Command command, long now, Outcome actual)
    {
        var known = (UserCommand)command;
        if (!Users.TryGetValue(known.Actor.Id, out var actor))
            return "refused NoSuchUser";
        return command switch
        {
            Rename rename => Rename(rename, actor),
            OpenDirect direct => OpenDirect(direct, actor, now, actual),
            EndVisitor => End(actor, now),
            MarkRead mark when !Rooms.ContainsKey(mark.Room) => "nothing",
            RoomCommand inRoom => Rooms.TryGetValue(inRoom.Room, out var room) ? Act(inRoom, actor, room, now) : "refused NoSuchRoom",
            _ => throw new InvalidOperationException(command.ToString()),
        };
    }

    public static string Describe(Outcome outcome) => outcome switch
    {
        Refused refused => $"refused {refused.Reason}",
        UserChanged changed => $"user {changed.Was?.Nick} {changed.User.Nick}",
        Logged logged => $"logged {logged.Room.Id} {logged.Seq} {logged.Ts} {logged.Event} in {string.Join(',', logged.Entered.Select(u => u.Id))} out {logged.Exited?.Id}",
        VisitorEnded ended => $"ended {string.Join(';', ended.Events.Select(e => e.Event.ToString()).Order())}",
        ReadMoved moved => $"read {moved.User} {moved.Room.Id} {moved.Seq} {moved.PostNo} {moved.Unread}",
        Nothing => "nothing",
        _ => throw new InvalidOperationException(outcome.ToString()),
    };

    private string Act(RoomCommand command, User actor, ModelRoom room, long now)
    {
        if (command is MarkRead mark)
            return MarkRead(mark, actor, room);
        var act = command.GetType().Name;
        var isIn = room.Members.Contains(actor.Id);
        if (!isIn && room.IsDirect)
            return Repeat(command, act, room) ?? "refused NoSuchRoom";
        if (Repeat(command, act, room) is { } again)
            return again;
        switch (command)
        {
            case Join when isIn:
                return Answer(command, act, room, room.Seq, room.Ts);
            case Leave or SetTopic when !isIn:
                return "refused NotAMember";
            case Leave or SetTopic when room.IsDirect:
                return "refused Forbidden";
            case Leave when actor.Kind != UserKind.Visitor && room.IsOwnedBy(actor.Id) && room.Members.Count > 1:
                return "refused LastOwner";
        }
        var (seq, ts) = (room.Seq + 1, Math.Max(now, room.Ts));
        RoomEvent ev = command switch
        {
            Post post => new Posted(room.Id, seq, ts, actor, room.PostNo + 1, post.Body),
            Join => new Joined(room.Id, seq, ts, actor),
            Leave => new Left(room.Id, seq, ts, actor),
            SetTopic topic => new TopicChanged(room.Id, seq, ts, actor, topic.Topic),
            _ => throw new InvalidOperationException(act),
        };
        room.Events.Add(ev);
        if (command is Join)
            room.Enter(actor.Id);
        if (command is Leave)
        {
            room.Members.Remove(actor.Id);
            room.Left.Add(actor.Id);
        }
        return Answer(command, act, room, seq, ts, ev, entered: command is Join ? actor : null, exited: command is Leave ? actor : null);
    }

    private static string MarkRead(MarkRead mark, User actor, ModelRoom room)
    {
        var seq = Math.Min(mark.Seq, room.Seq);
        if (!room.Members.Contains(actor.Id) || seq <= room.ReadSeq[actor.Id])
            return "nothing";
        room.ReadSeq[actor.Id] = seq;
        var postNo = room.Events.Take((int)seq).OfType<Posted>().Count();
        return $"read {actor.Id} {room.Id} {seq} {postNo} {room.PostNo - postNo}";
    }

    private string Rename(Rename command, User actor)
    {
        if (command.Cid is { } cid && _answers.TryGetValue((actor.Id, cid.Value), out var first))
            return first.Act == "Rename" ? $"user {actor.Nick} {actor.Nick}" : "refused CidConflict";
        if (Users.Values.Any(u => u.Id != actor.Id && string.Equals(u.Nick, command.Nick, StringComparison.OrdinalIgnoreCase)))
            return "refused NickTaken";
        Claim(command, "Rename", "", 0, 0);
        Users[actor.Id] = actor with { Nick = command.Nick };
        return $"user {actor.Nick} {command.Nick}";
    }

    private string OpenDirect(OpenDirect command, User actor, long now, Outcome actual)
    {
        if (command.Cid is { } cid && _answers.TryGetValue((actor.Id, cid.Value), out var first))
            return first.Act == "OpenDirect" && first.What is ModelRoom before && before.IsBetween(actor.Id, command.Other)
                ? $"logged {before.Id} {first.Seq} {first.Ts}  in  out " : "refused CidConflict";
        if (!Users.TryGetValue(command.Other, out var other))
            return "refused NoSuchUser";
        if (Rooms.Values.SingleOrDefault(r => r.IsBetween(actor.Id, other.Id)) is { } found)
            return Answer(command, "OpenDirect", found, found.Seq, found.Ts);
        var room = new ModelRoom(((Logged)actual).Room.Id, isDirect: true);
        Rooms.Add(room.Id, room);
        room.Events.Add(new Created(room.Id, 1, now, actor, RoomKind.Direct, null, ""));
        foreach (var id in new[] { actor.Id, other.Id }.Distinct())
        {
            room.Enter(id);
            room.Between.Add(id);
        }
        Claim(command, "OpenDirect", room, 1, now);
        return $"logged {room.Id} 1 {now} {room.Events[0]} in {string.Join(',', room.Members)} out ";
    }

    private string End(User actor, long now)
    {
        if (actor.Kind != UserKind.Visitor)
            return "refused Forbidden";
        var events = new List<RoomEvent>();
        foreach (var room in Rooms.Values.Where(r => r.Members.Remove(actor.Id)))
        {
            var left = new Left(room.Id, room.Seq + 1, Math.Max(now, room.Ts), actor);
            room.Events.Add(left);
            room.SeenUpTo[actor.Id] = left.Seq;
            events.Add(left);
        }
        Users.Remove(actor.Id);
        return $"ended {string.Join(';', events.Select(e => e.ToString()).Order())}";
    }

    private string? Repeat(RoomCommand command, string act, ModelRoom room)
    {
        if (command.Cid is not { } cid || !_answers.TryGetValue((command.Actor.Id, cid.Value), out var first))
            return null;
        // A stranger to a direct room is told of a conflict only for an id of their own.
        return first.Act == act && ReferenceEquals(first.What, room) ? $"logged {room.Id} {first.Seq} {first.Ts}  in  out " : "refused CidConflict";
    }

    private string Answer(UserCommand command, string act, ModelRoom room, long seq, long ts, RoomEvent? ev = null, User? entered = null, User? exited = null)
    {
        Claim(command, act, room, seq, ts);
        return $"logged {room.Id} {seq} {ts} {ev} in {entered?.Id} out {exited?.Id}";
    }

    private void Claim(UserCommand command, string act, object what, long seq, long ts)
    {
        if (command.Cid is { } cid)
            _answers.Add((command.Actor.Id, cid.Value), (act, what, seq, ts));
    }
}

internal sealed class ModelRoom(RoomId id, bool isDirect)
{
    public RoomId Id => id;

    public bool IsDirect => isDirect;

    public List<RoomEvent> Events { get; } = [];

    public List<UserId> Members { get; } = [];

    public HashSet<UserId> Left { get; } = [];

    /// <summary>Whoever made it, until they leave: who comes back is a member like any other.</summary>
    public bool IsOwnedBy(UserId user) => Events[0].From.Id == user && !Left.Contains(user);

    /// <summary>The two of a direct room, also after one of them has ended.</summary>
    public List<UserId> Between { get; } = [];

    public Dictionary<UserId, long> ReadSeq { get; } = [];

    public Dictionary<UserId, long> SeenUpTo { get; } = [];

    public long Seq => Events.Count;

    public long PostNo => Events.OfType<Posted>().Count();

    public long Ts => Events.Count == 0 ? 0 : Events[^1].Ts;

    public void Enter(UserId user)
    {
        Members.Add(user);
        ReadSeq[user] = Seq;
    }

    public bool IsBetween(UserId one, UserId other) => isDirect && Between.ToHashSet().SetEquals([one, other]);

    public IEnumerable<RoomEvent> SeenBy(UserId user) => !isDirect ? Events
        : Between.Contains(user) ? Events.Where(e => e.Seq <= SeenUpTo.GetValueOrDefault(user, long.MaxValue))
        : [];

    public long UnreadOf(UserId user) => Events.Skip((int)ReadSeq[user]).OfType<Posted>().Count();
}
