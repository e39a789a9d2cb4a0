using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>Making rooms and changing what they say of themselves.</summary>
internal sealed class RoomWriter(WriteContext context, ClientIds clientIds, RoomActs acts, MembershipWriter members, SlowModeWriter slowMode, OperatorNotes notes, SlugWriter slugs)
{
    internal Outcome Apply(CreateRoom command, User actor)
    {
        if (clientIds.Find(actor.Id, command.Cid, Act.CreateRoom, room => slugs.RoomOf(command.Slug) == room.Id) is { } first)
            return first;
        if (slugs.RoomOf(command.Slug) is not null)
            return new Refused(Refusal.SlugTaken);
        if (command.Kind is not (RoomKind.Public or RoomKind.Private))
            return new Refused(Refusal.Forbidden);
        var history = command.History ?? (command.Kind == RoomKind.Public ? HistoryView.All : HistoryView.Joined);
        if (actor.Kind != UserKind.System)
            return Create(command.Kind, command.Slug, directKey: null, command.Title, actor, [actor], command.Cid, Act.CreateRoom, history);
        // A private room that nobody is in is one that nobody could ever come into.
        if (command.Owner is null && command.Kind == RoomKind.Private)
            return new Refused(Refusal.Forbidden);
        var owner = command.Owner is { } id ? context.User(id) : null;
        if (command.Owner is not null && owner is not { Kind: not (UserKind.System or UserKind.Deactivated) })
            return new Refused(Refusal.NoSuchUser);
        var made = Create(command.Kind, command.Slug, directKey: null, command.Title, actor, owner is null ? [] : [owner], command.Cid, Act.CreateRoom, history);
        notes.Note(command, made.Room);
        return made;
    }

    /// <summary>The lobby is made by the server itself and has no members at first.</summary>
    internal void CreateLobby(User system) =>
        Create(RoomKind.Public, Slug.Lobby, directKey: null, "Lobby", system, people: [], cid: null, Act.CreateRoom, HistoryView.All);

    internal Outcome Apply(SetTopic command, User actor) => acts.CarryOut(
        command, actor, Act.SetTopic,
        mayNot: room => acts.Check(RoomAction.SetTopic, room, actor),
        isDone: _ => false,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.TopicChanged, actor.Id, Encoding.UTF8.GetBytes(command.Topic));
            context.Db.Statement("update rooms set topic = ? where id = ?").Bind(1, command.Topic).Bind(2, room.Room.Id.Value).Run();
            context.Db.Statement("""
                insert into room_topics (room_id, seq, user_id, at) values (?, ?, ?, ?)
                on conflict (room_id) do update set seq = excluded.seq, user_id = excluded.user_id, at = excluded.at
                """).Bind(1, room.Room.Id.Value).Bind(2, seq).Bind(3, actor.Id.Value).Bind(4, ts).Run();
            room.Room = room.Room with { Topic = command.Topic };
            return new Logged(room.Room, seq, ts, new TopicChanged(room.Room.Id, seq, ts, actor, command.Topic));
        });

    internal Outcome Apply(SetTitle command, User actor) => acts.CarryOut(
        command, actor, Act.SetTitle,
        mayNot: room => acts.Check(RoomAction.SetTitle, room, actor),
        isDone: room => room.Room.Title == command.Title,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.TitleChanged, actor.Id, Encoding.UTF8.GetBytes(command.Title));
            context.Db.Statement("update rooms set title = ? where id = ?").Bind(1, command.Title).Bind(2, room.Room.Id.Value).Run();
            room.Room = room.Room with { Title = command.Title };
            return new Logged(room.Room, seq, ts, new TitleChanged(room.Room.Id, seq, ts, actor, command.Title));
        });

    internal Outcome Apply(Archive command, User actor) => acts.CarryOut(
        command, actor, Act.Archive,
        // By what the room is, not by what is asked for: archiving what is archived finds everything done.
        mayNot: room => acts.Check(room.Room.Archived ? RoomAction.Unarchive : RoomAction.Archive, room, actor),
        isDone: room => room.Room.Archived == command.On,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.ArchiveChanged, actor.Id, body: [], new Details(Value: command.On ? 1 : 0));
            context.Db.Statement("update rooms set archived_at = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, command.On ? ts : null).Run();
            room.Room = room.Room with { Archived = command.On };
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new ArchiveChanged(room.Room.Id, seq, ts, actor, command.On));
        });

    internal Outcome Apply(SetHistory command, User actor) => acts.CarryOut(
        command, actor, Act.SetHistory,
        // Everybody looks on in the lobby, whether they join or not.
        mayNot: room => acts.Check(RoomAction.SetHistory, room, actor) ?? (room.Room.Slug == Slug.Lobby ? Refusal.Forbidden : null),
        isDone: room => room.Room.History == command.History,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.HistoryChanged, actor.Id, body: [], new Details(Value: (long)command.History));
            context.Db.Statement("update rooms set history = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, (long)command.History).Run();
            if (room.Room.IsOpen)
                members.KeepAllInSight(room);
            room.Room = room.Room with { History = command.History };
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new HistoryChanged(room.Room.Id, seq, ts, actor, command.History));
        });

    /// <summary>What is too old by then is erased between commits, see <see cref="RetentionSweep"/>; nothing that was erased comes back.</summary>
    internal Outcome Apply(SetRetention command, User actor) => acts.CarryOut(
        command, actor, Act.SetRetention,
        mayNot: room => acts.Check(RoomAction.SetRetention, room, actor)
            ?? (command.Days is { } days && !Retention.IsValid(days) ? Refusal.BadDays : null),
        isDone: room => room.Room.RetentionDays == command.Days,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.RetentionChanged, actor.Id, body: [], new Details(Value: command.Days));
            context.Db.Statement("update rooms set retention_days = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, command.Days).Run();
            room.Room = room.Room with { RetentionDays = command.Days };
            return new Logged(room.Room, seq, ts, new RetentionChanged(room.Room.Id, seq, ts, actor, command.Days));
        });

    internal Outcome Apply(SetPosting command, User actor) => acts.CarryOut(
        command, actor, Act.SetPosting,
        mayNot: room => acts.Check(RoomAction.SetPosting, room, actor),
        isDone: room => room.Room.Posting == command.Posting,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.PostingChanged, actor.Id, body: [], new Details(Value: (long)command.Posting));
            context.Db.Statement("update rooms set posting = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, (long)command.Posting).Run();
            room.Room = room.Room with { Posting = command.Posting };
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new PostingChanged(room.Room.Id, seq, ts, actor, command.Posting));
        });

    internal Outcome Apply(SetSlowMode command, User actor) => acts.CarryOut(
        command, actor, Act.SetSlowMode,
        mayNot: room => acts.Check(RoomAction.SetSlowMode, room, actor)
            ?? (command.Seconds is { } seconds && !SlowMode.IsValid(seconds) ? Refusal.BadSeconds : null),
        isDone: room => room.Room.SlowSeconds == command.Seconds,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.SlowModeChanged, actor.Id, body: [], new Details(Value: command.Seconds));
            context.Db.Statement("update rooms set slow_seconds = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, command.Seconds).Run();
            if (command.Seconds is null)
                slowMode.Forget(room);
            room.Room = room.Room with { SlowSeconds = command.Seconds };
            return new Logged(room.Room, seq, ts, new SlowModeChanged(room.Room.Id, seq, ts, actor, command.Seconds));
        });

    /// <param name="people">Who is in it from the beginning.</param>
    internal Logged Create(
        RoomKind kind, string? slug, string? directKey, string title, User actor, IReadOnlyList<User> people, ClientId? cid, Act act,
        HistoryView history = HistoryView.Joined)
    {
        var row = context.Db.Statement(
            "insert into rooms (uid, kind, slug, slug_key, direct_key, title, history, created_at) values (?, ?, ?, ?, ?, ?, ?, ?) returning id")
            .Bind(1, context.NewUid()).Bind(2, (long)kind).Bind(3, slug).Bind(4, slug is null ? null : Slug.Key(slug)).Bind(5, directKey)
            .Bind(6, title).Bind(7, (long)history).Bind(8, context.Now);
        row.Step();
        var id = new RoomId(row.Int64(0));
        row.Reset();
        if (slug is not null)
            slugs.Keep(slug, id);
        context.Db.Statement("insert into room_heads (room_id, seq, post_no, ts) values (?, 0, 0, 0)").Bind(1, id.Value).Run();
        var room = context.Room(id)!;
        var (seq, ts) = context.Append(room, EventKind.Created, actor.Id, Encoding.UTF8.GetBytes(title));
        foreach (var member in people)
            members.Enter(room, member, kind == RoomKind.Direct ? Standing.Member : Standing.Owner, fromSeq: 1);
        room.Room = room.Room with { Users = kind == RoomKind.Direct ? people : [] };
        clientIds.TryClaim(actor.Id, cid, act, room.Room, seq, ts, out _);
        return new Logged(room.Room, seq, ts, new Created(id, seq, ts, actor, kind, slug, title)) { Entered = people };
    }
}
