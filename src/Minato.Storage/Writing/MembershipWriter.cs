using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Joining and leaving: the member's row, their span, and the event.</summary>
internal sealed class MembershipWriter(WriteContext context, ClientIds clientIds, RestrictionWriter restrictions)
{
    internal Outcome Apply(Join command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        var refusal = RoomRights.Check(RoomAction.Join, room.Room.Rules, context.Standing(room, actor.Id));
        if (refusal is not (null or Refusal.AlreadyMember))
            return clientIds.Find(actor.Id, command.Cid, Act.Join, command.Room) ?? new Refused(refusal.Value);
        if (refusal is null && clientIds.Find(actor.Id, command.Cid, Act.Join, command.Room) is { } first)
            return first;
        if (refusal is null && restrictions.AtTheDoor(room, actor, command.Key) is { } refused)
            return refused;
        return Join(room, actor, command.Cid, Act.Join, isMember: refusal is not null);
    }

    /// <summary>Lets in somebody who may.</summary>
    /// <param name="isMember">They are in already: then nothing is logged, and the answer is the room's head.</param>
    internal Outcome Join(WriterRoom room, User actor, ClientId? cid, Act act, bool isMember)
    {
        Outcome? first;
        if (isMember)
            // Claimed, too: sent again after a leave it must not join.
            return clientIds.TryClaim(actor.Id, cid, act, room.Room, room.Head.Seq, room.Head.Ts, out first)
                ? new Logged(room.Room, room.Head.Seq, room.Head.Ts, Event: null)
                : first!;
        if (!clientIds.TryClaim(actor.Id, cid, act, room.Room, room.Head.Seq + 1, context.NextTs(room), out first))
            return first!;
        var (seq, ts) = context.Append(room, EventKind.Joined, actor.Id, body: []);
        Enter(room, actor, Standing.Member, fromSeq: room.Room is { Kind: RoomKind.Private, History: HistoryView.All } ? 1 : seq);
        return new Logged(room.Room, seq, ts, new Joined(room.Room.Id, seq, ts, actor)) { Entered = [actor], EnteredAtPost = room.Head.PostNo };
    }

    internal Outcome Apply(Leave command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        var no = RoomRights.Check(RoomAction.Leave, room.Room.Rules, context.Standing(room, actor.Id));
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
        context.Db.Statement("insert into members (room_id, user_id, role, since) values (?, ?, ?, ?)")
            .Bind(1, id).Bind(2, userId).Bind(3, (long)role).Bind(4, room.Head.Seq).Run();
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

    internal bool IsLastOwner(WriterRoom room, UserId owner) => !Database.Finds(
        context.Db.Statement("select 1 from members m join users u on u.id = m.user_id where m.room_id = ?1 and m.user_id <> ?2 and m.role = 3 and u.kind <> 4 limit 1").Bind(1, room.Room.Id.Value).Bind(2, owner.Value));

    internal bool OwnsAlone(WriterRoom room, UserId user) =>
        context.Place(room, user).Rank.InRoom == Standing.Owner && !Database.Finds(
            context.Db.Statement("select 1 from members where room_id = ? and user_id <> ? and role = 3 limit 1").Bind(1, room.Room.Id.Value).Bind(2, user.Value));

    internal void MakeModeratorsOfOwners(WriterRoom room)
    {
        context.Db.Statement("update members set role = 2 where room_id = ? and role = 3").Bind(1, room.Room.Id.Value).Run();
        room.Places.Clear();
    }

    private Left Exit(WriterRoom room, User user)
    {
        var heir = context.Place(room, user.Id).Rank.InRoom == Standing.Owner && IsLastOwner(room, user.Id) ? Heir(room, user.Id) : null;
        var (seq, ts) = context.Append(room, EventKind.Left, user.Id, body: [], new Details(Subject: heir?.Id));
        Remove(room, user, lastSeq: seq);
        if (heir is not null)
            SetRole(room, heir.Id, Standing.Owner);
        return new Left(room.Room.Id, seq, ts, user) { Heir = heir };
    }

    /// <summary>The moderator who has been there longest, else the helper, else the member; a visitor, who will be gone soon, only if there is nobody else; nobody whose account is shut.</summary>
    private User? Heir(WriterRoom room, UserId owner)
    {
        var row = context.Db.Statement("""
            select m.user_id from members m join users u on u.id = m.user_id
            where m.room_id = ?1 and m.user_id <> ?2 and u.kind <> 4
            order by case when u.kind = 1 then 1 else 0 end, case m.role when 2 then 0 when 11 then 1 else 2 end, m.since, m.user_id limit 1
            """).Bind(1, room.Room.Id.Value).Bind(2, owner.Value);
        UserId? heir = row.Step() ? new UserId(row.Int64(0)) : null;
        row.Reset();
        return heir is { } id ? context.User(id) : null;
    }

    internal void SetRole(WriterRoom room, UserId user, Standing role)
    {
        context.Db.Statement("update members set role = ?3 where room_id = ?1 and user_id = ?2")
            .Bind(1, room.Room.Id.Value).Bind(2, user.Value).Bind(3, (long)role).Run();
        room.Forget(user);
    }

    /// <summary>
    /// Whoever is in a room that was open saw all of it, and goes on seeing it when it is so no more.
    /// </summary>
    internal void KeepAllInSight(WriterRoom room)
    {
        // A span from the beginning holds all others.
        context.Db.Statement("""
            delete from member_spans where room_id = ?1 and to_seq is not null
              and user_id in (select user_id from members where room_id = ?1)
            """).Bind(1, room.Room.Id.Value).Run();
        context.Db.Statement("update member_spans set from_seq = 1 where room_id = ? and to_seq is null").Bind(1, room.Room.Id.Value).Run();
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
