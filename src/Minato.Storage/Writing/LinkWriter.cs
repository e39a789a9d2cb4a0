using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Links into rooms: made, used and revoked. They are no events: who came by one has joined, and that is.</summary>
internal sealed class LinkWriter(WriteContext context, ClientIds clientIds, RoomActs acts, MembershipWriter members)
{
    internal Outcome Apply(MakeLink command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        var first = command.Cid is { } cid ? clientIds.Answer(actor.Id, cid) : null;
        if (first is { } other && (other.Act != Act.MakeLink || other.Room != room.Room.Id))
            return new Refused(Refusal.CidConflict);
        if (MayNot(command, room, actor) is { } refusal)
            return new Refused(refusal);
        if (first is { } known)
            return MakeAgain(known.Seq, command, room);
        // Dead ones count for nothing, and nobody will ask for them again.
        context.Db.Statement("delete from room_links where room_id = ? and (until <= ? or used >= uses)").Bind(1, room.Room.Id.Value).Bind(2, context.Now).Run();
        if (Database.Finds(context.Db.Statement("select 1 where (select count(*) from room_links where room_id = ?) >= ?")
            .Bind(1, room.Room.Id.Value).Bind(2, RoomLink.MaxInRoom)))
            return new Refused(Refusal.TooMany);
        var id = Insert(command, room, actor);
        clientIds.TryClaim(actor.Id, command.Cid, Act.MakeLink, room.Room, id, context.Now, out _);
        return Made(id, command, room);
    }

    /// <summary>Whoever sends it again has not heard the first secret, which is kept nowhere: there is a new one, and the first is void.</summary>
    private Outcome MakeAgain(long id, MakeLink command, WriterRoom room)
    {
        context.Db.Statement("update room_links set secret_hash = ?2 where id = ?1 and used = 0 and until > ?3")
            .Bind(1, id).BindBlob(2, command.Secret.Hash).Bind(3, context.Now).Run();
        return context.Db.Changes > 0 ? Made(id, command, room) : new Refused(Refusal.NoSuchLink);
    }

    internal Outcome Apply(RevokeLink command, User actor) => acts.CarryOutUnlogged(
        command, actor, Act.RevokeLink,
        mayNot: room => acts.Check(RoomAction.RevokeLink, room, actor, new Circumstances(IsOwn: MakerOf(command) is null || MakerOf(command) == actor.Id)),
        write: room => context.Db.Statement("delete from room_links where room_id = ? and uid = ?").Bind(1, room.Room.Id.Value).Bind(2, command.Link).Run());

    internal Outcome Apply(JoinByLink command, User actor)
    {
        if (clientIds.Find(actor.Id, command.Cid, Act.JoinByLink, _ => true) is { } first)
            return first;
        // Whatever it is that shuts them out, they learn that the link does not let them in, and nothing of a room.
        if (Find(command.Secret) is not { } link || context.Room(link.Room) is not { } room || !LetsIn(link, room))
            return new Refused(Refusal.NoSuchLink);
        var refusal = acts.Check(RoomAction.JoinByLink, room, actor);
        if (refusal is not (null or Refusal.AlreadyMember))
            return new Refused(Refusal.NoSuchLink);
        if (refusal is null && !TryUse(link))
            return new Refused(Refusal.NoSuchLink);
        return members.Join(room, actor, command.Cid, Act.JoinByLink, isMember: refusal is not null);
    }

    /// <summary>Of two who come at once by the last use, whatever server they came to, one gets in.</summary>
    private bool TryUse(Link link)
    {
        context.Db.Statement("update room_links set used = used + 1 where id = ? and used < uses").Bind(1, link.Id).Run();
        return context.Db.Changes > 0;
    }

    private Refusal? MayNot(MakeLink command, WriterRoom room, User actor)
    {
        if (acts.Check(RoomAction.MakeLink, room, actor) is { } refusal)
            return refusal;
        if (command.Until is { } until && (until <= context.Now || until > context.Now + (long)(RoomLink.MaxLife + RoomLink.ClockSlack).TotalMilliseconds))
            return Refusal.BadUntil;
        return command.Uses is null or (>= 1 and <= RoomLink.MaxUses) ? null : Refusal.BadUses;
    }

    private long Insert(MakeLink command, WriterRoom room, User actor)
    {
        var row = context.Db.Statement(
            "insert into room_links (uid, room_id, secret_hash, by_user, until, uses) values (?, ?, ?, ?, ?, ?) returning id")
            .Bind(1, context.NewUid()).Bind(2, room.Room.Id.Value).BindBlob(3, command.Secret.Hash).Bind(4, actor.Id.Value)
            .Bind(5, command.Until ?? context.Now + (long)RoomLink.DefaultLife.TotalMilliseconds).Bind(6, command.Uses ?? RoomLink.DefaultUses);
        row.Step();
        var id = row.Int64(0);
        row.Reset();
        return id;
    }

    private LinkMade Made(long id, MakeLink command, WriterRoom room)
    {
        var row = context.Db.Statement($"{LinkReader.Select} where l.id = ?").Bind(1, id);
        row.Step();
        var link = LinkReader.Read(row);
        row.Reset();
        return new LinkMade(room.Room, link, command.Secret);
    }

    /// <summary>As long as it lasts, and as long as its maker might invite by hand.</summary>
    private bool LetsIn(Link link, WriterRoom room) =>
        link.Until > context.Now && link.Used < link.Uses && context.User(link.By) is { Kind: not UserKind.Deactivated } maker && acts.Check(RoomAction.MakeLink, room, maker) is null;

    private Link? Find(LinkSecret secret)
    {
        var row = context.Db.Statement("select id, room_id, by_user, until, uses, used from room_links where secret_hash = ?").BindBlob(1, secret.Hash);
        Link? link = row.Step()
            ? new Link(row.Int64(0), new RoomId(row.Int64(1)), new UserId(row.Int64(2)), row.Int64(3), row.Int64(4), row.Int64(5))
            : null;
        row.Reset();
        return link;
    }

    private UserId? MakerOf(RevokeLink command)
    {
        var row = context.Db.Statement("select by_user from room_links where room_id = ? and uid = ?").Bind(1, command.Room.Value).Bind(2, command.Link);
        UserId? maker = row.Step() ? new UserId(row.Int64(0)) : null;
        row.Reset();
        return maker;
    }

    private readonly record struct Link(long Id, RoomId Room, UserId By, long Until, long Uses, long Used);
}
