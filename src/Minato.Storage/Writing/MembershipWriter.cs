using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Joining and leaving: the member's row, their span, and the event.</summary>
internal sealed class MembershipWriter(WriteContext context, ClientIds clientIds)
{
    internal Outcome Apply(Join command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return new Refused(Refusal.NoSuchRoom);
        var refusal = RoomRights.Check(RoomAction.Join, room.Room.Kind, room.Room.Archived, context.Standing(room, actor.Id));
        if (refusal == Refusal.AlreadyMember)
            // Claimed, too: sent again after a leave it must not join.
            return clientIds.TryClaim(actor.Id, command.Cid, Act.Join, room.Room, room.Head.Seq, room.Head.Ts, out var before)
                ? new Logged(room.Room, room.Head.Seq, room.Head.Ts, Event: null)
                : before!;
        if (refusal is { } reason)
            return clientIds.Find(actor.Id, command.Cid, Act.Join, command.Room) ?? new Refused(reason);
        if (!clientIds.TryClaim(actor.Id, command.Cid, Act.Join, room.Room, room.Head.Seq + 1, context.NextTs(room), out var first))
            return first!;
        var (seq, ts) = context.Append(room, EventKind.Joined, actor.Id, body: []);
        var seesAll = room.Room is { Kind: RoomKind.Private, History: HistoryView.All };
        Enter(room, actor, Standing.Member, fromSeq: seesAll ? 1 : seq);
        return new Logged(room.Room, seq, ts, new Joined(room.Room.Id, seq, ts, actor)) { Entered = [actor], EnteredAtPost = room.Head.PostNo };
    }

    internal Outcome Apply(Leave command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return new Refused(Refusal.NoSuchRoom);
        var no = RoomRights.Check(RoomAction.Leave, room.Room.Kind, room.Room.Archived, context.Standing(room, actor.Id));
        // A visitor's end cannot be refused, so neither is their leaving.
        if (no is null && actor.Kind != UserKind.Visitor && context.Place(room, actor.Id).Rank == Standing.Owner
            && IsLastOwner(room, actor.Id) && HasOthers(room, actor.Id))
            no = Refusal.LastOwner;
        if (no is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, Act.Leave, command.Room) ?? new Refused(refusal);
        if (!clientIds.TryClaim(actor.Id, command.Cid, Act.Leave, room.Room, room.Head.Seq + 1, context.NextTs(room), out var first))
            return first!;
        var left = Exit(room, actor);
        return new Logged(room.Room, left.Seq, left.Ts, left) { Exited = actor };
    }

    /// <summary>Ends every membership of somebody who will not come back.</summary>
    internal List<(Room, RoomEvent)> ExitAll(User actor)
    {
        var rooms = new List<RoomId>();
        var rows = context.Db.Statement("select room_id from members where user_id = ?").Bind(1, actor.Id.Value);
        while (rows.Step())
            rooms.Add(new RoomId(rows.Int64(0)));
        return rooms.ConvertAll(id => (context.Room(id)!.Room, (RoomEvent)Exit(context.Room(id)!, actor)));
    }

    /// <param name="fromSeq">The first event that the member may see.</param>
    internal void Enter(WriterRoom room, User user, Standing role, long fromSeq)
    {
        var (id, userId) = (room.Room.Id.Value, user.Id.Value);
        context.Db.Statement("insert into members (room_id, user_id, role) values (?, ?, ?)")
            .Bind(1, id).Bind(2, userId).Bind(3, (long)role).Run();
        context.Db.Statement("update rooms set members = members + 1 where id = ?").Bind(1, id).Run();
        // Whoever was there from the beginning and comes back to see all goes on where they left off.
        context.Db.Statement("""
            insert into member_spans (room_id, user_id, from_seq) values (?, ?, ?)
            on conflict (room_id, user_id, from_seq) do update set to_seq = null
            """).Bind(1, id).Bind(2, userId).Bind(3, fromSeq).Run();
        // An invitation is used once: whoever leaves a private room has to be asked again.
        context.Db.Statement("delete from invites where room_id = ? and user_id = ?").Bind(1, id).Bind(2, userId).Run();
        // A newcomer has nothing unread: what was said before was not said to them.
        context.Db.Statement("""
            insert into read_positions (room_id, user_id, seq, post_no) values (?, ?, ?, ?)
            on conflict (room_id, user_id) do update set seq = excluded.seq, post_no = excluded.post_no
            """).Bind(1, id).Bind(2, userId).Bind(3, room.Head.Seq).Bind(4, room.Head.PostNo).Run();
        if (context.LookedUp is { } lookedUp)
            lookedUp.ReadPositions[(room.Room.Id, user.Id)] = room.Head.Seq;
        room.Forget(user.Id);
        context.RaiseAclVersion(room);
    }

    internal bool IsLastOwner(WriterRoom room, UserId owner) =>
        !HasAnother("select 1 from members where room_id = ?1 and user_id <> ?2 and role = 3 limit 1", room, owner);

    private bool HasOthers(WriterRoom room, UserId user) =>
        HasAnother("select 1 from members where room_id = ?1 and user_id <> ?2 limit 1", room, user);

    private bool HasAnother(string sql, WriterRoom room, UserId user) =>
        Database.Finds(context.Db.Statement(sql).Bind(1, room.Room.Id.Value).Bind(2, user.Value));

    private Left Exit(WriterRoom room, User user)
    {
        var (seq, ts) = context.Append(room, EventKind.Left, user.Id, body: []);
        Remove(room, user, lastSeq: seq);
        return new Left(room.Room.Id, seq, ts, user);
    }

    /// <summary>Ends a membership, if there is one.</summary>
    /// <param name="lastSeq">The last event that the member may see.</param>
    internal void Remove(WriterRoom room, User user, long lastSeq)
    {
        context.Db.Statement("delete from members where room_id = ? and user_id = ?")
            .Bind(1, room.Room.Id.Value).Bind(2, user.Id.Value).Run();
        if (context.Db.Changes > 0)
            context.Db.Statement("update rooms set members = members - 1 where id = ?").Bind(1, room.Room.Id.Value).Run();
        context.Db.Statement("update member_spans set to_seq = ?3 where room_id = ?1 and user_id = ?2 and to_seq is null")
            .Bind(1, room.Room.Id.Value).Bind(2, user.Id.Value).Bind(3, lastSeq).Run();
        room.Forget(user.Id);
        context.RaiseAclVersion(room);
    }
}
