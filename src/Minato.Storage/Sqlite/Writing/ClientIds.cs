using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Sqlite.Writing;

/// <summary>What was answered to which client id, so that a command sent again gets the first answer again.</summary>
internal sealed class ClientIds(WriteContext context)
{
    /// <summary>
    /// True: the id is new, and now stands for this answer. False: <paramref name="first"/> is the answer to give instead.
    /// </summary>
    internal bool TryClaim(UserId user, ClientId? cid, Act act, Room room, long seq, long ts, out Outcome? first)
    {
        first = null;
        if (cid is not { } id)
            return true;
        context.Db.Statement("insert or ignore into client_ids (user_id, cid, act, room_id, seq, ts) values (?, ?, ?, ?, ?, ?)")
            .Bind(1, user.Value).Bind(2, id.Value).Bind(3, (long)act).Bind(4, room.Id.Value).Bind(5, seq).Bind(6, ts).Run();
        if (context.Db.Changes > 0)
            return true;
        first = Find(user, cid, act, room.Id);
        return false;
    }

    /// <summary>The first answer, a conflict when the id stood for something else, or null when it is new.</summary>
    /// <param name="room">Null where the command itself makes or finds the room.</param>
    internal Outcome? Find(UserId user, ClientId? cid, Act act, RoomId? room)
    {
        if (cid is not { } id)
            return null;
        var row = context.Db.Statement("select act, room_id, seq, ts from client_ids where user_id = ? and cid = ?")
            .Bind(1, user.Value).Bind(2, id.Value);
        if (!row.Step())
            return null;
        var (firstAct, firstRoom, seq, ts) = ((Act)row.Int64(0), new RoomId(row.Int64(1)), row.Int64(2), row.Int64(3));
        row.Reset();
        if (firstAct != act || (room is { } asked && asked != firstRoom) || context.Room(firstRoom) is not { } known)
            return new Refused(Refusal.CidConflict);
        return new Logged(known.Room, seq, ts, Event: null);
    }
}

/// <summary>What a client id was used for; the numbers stand in the database and are those of <see cref="EventKind"/> where there is one.</summary>
internal enum Act
{
    CreateRoom = EventKind.Created,
    Post = EventKind.Posted,
    Join = EventKind.Joined,
    Leave = EventKind.Left,
    SetTopic = EventKind.TopicChanged,
    OpenDirect = 101,
}
