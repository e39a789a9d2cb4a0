using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Sqlite.Writing;

internal sealed class PostWriter(WriteContext context, ClientIds clientIds)
{
    internal Outcome Apply(Post command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return new Refused(Refusal.NoSuchRoom);
        if (RoomRights.Check(RoomAction.Post, room.Room.Kind, room.Room.Archived, context.Standing(room, actor.Id)) is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, Act.Post, command.Room) ?? new Refused(refusal);
        if (!clientIds.TryClaim(actor.Id, command.Cid, Act.Post, room.Room, room.Head.Seq + 1, context.NextTs(room), out var first))
            return first!;
        var (seq, ts) = context.Append(room, EventKind.Posted, actor.Id, command.Body.Utf8.Span);
        context.Db.Statement("""
            insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq) values (?1, ?2, ?3, ?4, ?5, ?2, ?2)
            """).Bind(1, room.Room.Id.Value).Bind(2, seq).Bind(3, room.Head.PostNo).Bind(4, actor.Id.Value).Bind(5, ts).Run();
        return new Logged(room.Room, seq, ts, new Posted(room.Room.Id, seq, ts, actor, room.Head.PostNo, command.Body));
    }
}
