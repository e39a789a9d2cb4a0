using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>What was answered to which client id, so that a command sent again gets the first answer again.</summary>
internal sealed class ClientIds(WriteContext context)
{
    private const string Insert = "insert into client_ids (user_id, cid, act, room_id, seq, ts, claimed_at) values (?, ?, ?, ?, ?, ?, ?)";

    /// <summary>
    /// True: the id is new, and now stands for this answer. False: <paramref name="first"/> is the answer to give instead.
    /// </summary>
    internal bool TryClaim(UserId user, ClientId? cid, Act act, Room room, long seq, long ts, out Outcome? first)
    {
        first = null;
        if (cid is not { } id || Claim(user, id, act, room.Id, seq, ts))
            return true;
        first = Find(user, cid, act, room.Id);
        return false;
    }

    /// <summary>The first answer, a conflict when the id stood for something else, or null when it is new.</summary>
    internal Outcome? Find(UserId user, ClientId? cid, Act act, RoomId room) => Find(user, cid, act, known => known.Id == room);

    /// <summary>
    /// The refusal of a room that is not there. An id that was used is told from a new one as in any other room: else whoever may not
    /// know of a room could tell it from none.
    /// </summary>
    internal Outcome NoSuchRoom(UserId user, ClientId? cid) => Find(user, cid, default, _ => false) ?? new Refused(Refusal.NoSuchRoom);

    /// <param name="isSame">Whether the first answer's room is the one that is asked for now.</param>
    internal Outcome? Find(UserId user, ClientId? cid, Act act, Func<Room, bool> isSame)
    {
        if (cid is not { } id || Answer(user, id) is not { } first)
            return null;
        return first.Act == act && context.Room(first.Room) is { } known && isSame(known.Room)
            ? new Logged(known.Room, first.Seq, first.Ts, Event: null)
            : new Refused(Refusal.CidConflict);
    }

    /// <summary>
    /// As <see cref="TryClaim"/>, for what was done about a user. The first answer was the user; who they are by now is the honest
    /// form of it, and an old rename that comes late undoes no newer one.
    /// </summary>
    internal Outcome? FindAbout(User subject, UserId actor, ClientId? cid, Act act)
    {
        if (cid is not { } id || Answer(actor, id) is not { } first)
            return null;
        return first.Act == act && first.Seq == NumberOf(act, subject.Id)
            ? new UserChanged(subject, Was: subject)
            : new Refused(Refusal.CidConflict);
    }

    internal void ClaimAbout(UserId subject, UserId actor, ClientId? cid, Act act)
    {
        if (cid is { } id)
            Claim(actor, id, act, room: default, NumberOf(act, subject), context.Now);
    }

    /// <summary>Where a room's event has its seq, an act about another user has their number.</summary>
    private static long NumberOf(Act act, UserId subject) => act == Act.Rename ? 0 : subject.Value;

    private bool Claim(UserId user, ClientId cid, Act act, RoomId room, long seq, long ts)
    {
        // Where the whole batch was looked up, the row can wait for the others; else trying to write it is the look.
        if (context.LookedUp is { } known && !known.Answers.TryAdd((user, cid), new FirstAnswer(act, room, seq, ts)))
            return false;
        var row = context.LookedUp is null ? context.Db.Statement($"{Insert} on conflict do nothing") : context.Db.Deferred(Insert);
        row.Bind(1, user.Value).Bind(2, cid.Value).Bind(3, (long)act).Bind(4, room.Value).Bind(5, seq).Bind(6, ts).Bind(7, context.Now).Run();
        return context.LookedUp is not null || context.Db.Changes > 0;
    }

    /// <summary>What the id stands for; null when it is new.</summary>
    internal FirstAnswer? Answer(UserId user, ClientId cid)
    {
        if (context.LookedUp is { } lookedUp)
            return lookedUp.Answers.TryGetValue((user, cid), out var known) ? known : null;
        return Read(context.Db, user, cid);
    }

    internal static FirstAnswer? Read(Database db, UserId user, ClientId cid)
    {
        var row = db.Statement("select act, room_id, seq, ts from client_ids where user_id = ? and cid = ?")
            .Bind(1, user.Value).Bind(2, cid.Value);
        FirstAnswer? answer = row.Step() ? new FirstAnswer((Act)row.Int64(0), new RoomId(row.Int64(1)), row.Int64(2), row.Int64(3)) : null;
        row.Reset();
        return answer;
    }
}

/// <summary>What was answered to a client id when it was new.</summary>
internal readonly record struct FirstAnswer(Act Act, RoomId Room, long Seq, long Ts);

/// <summary>What a client id was used for; the numbers stand in the database and are those of <see cref="EventKind"/> where there is one.</summary>
internal enum Act
{
    CreateRoom = EventKind.Created,
    Post = EventKind.Posted,
    Join = EventKind.Joined,
    Leave = EventKind.Left,
    SetTopic = EventKind.TopicChanged,
    Edit = EventKind.Edited,
    Delete = EventKind.Deleted,
    React = EventKind.Reacted,
    Pin = EventKind.PinChanged,
    Invite = EventKind.Invited,
    Kick = EventKind.Kicked,
    Ban = EventKind.Banned,
    Unban = EventKind.Unbanned,
    Mute = EventKind.Muted,
    Unmute = EventKind.Unmuted,
    SetRole = EventKind.RoleChanged,
    SetTitle = EventKind.TitleChanged,
    Archive = EventKind.ArchiveChanged,
    SetHistory = EventKind.HistoryChanged,
    SetRetention = EventKind.RetentionChanged,
    EraseMessages = EventKind.MessagesErased,
    SetPosting = EventKind.PostingChanged,
    SetSlowMode = EventKind.SlowModeChanged,
    Transfer = EventKind.Transferred,
    Restrict = EventKind.RestrictionsChanged,
    SetMemberLimit = EventKind.MemberLimitChanged,
    SetKey = EventKind.KeyChanged,
    SetPattern = EventKind.PatternChanged,
    SetSlug = EventKind.SlugChanged,
    Rename = 100,
    OpenDirect = 101,
    SetServerRole = 110,
    MakeLink = 111,
    RevokeLink = 112,
    JoinByLink = 113,
    Report = 114,
    Block = 115,
    Unblock = 116,
    AddFile = 117,
}
