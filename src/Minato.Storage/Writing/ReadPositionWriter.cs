using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Read positions: one row for each member, only ever forward.</summary>
internal sealed class ReadPositionWriter(WriteContext context)
{
    internal Outcome Apply(MarkRead command, User actor)
    {
        if (context.Room(command.Room) is not { } room
            || RoomRights.Check(RoomAction.MarkRead, room.Room.Kind, room.Room.Archived, context.Standing(room, actor.Id)) is not null)
            return Nothing.Value;
        var seq = Math.Min(command.Seq, room.Head.Seq);
        var postNo = PostNo(room, seq);
        context.Db.Statement("""
            insert into read_positions (room_id, user_id, seq, post_no) values (?, ?, ?, ?)
            on conflict (room_id, user_id) do update set seq = excluded.seq, post_no = excluded.post_no
            where excluded.seq > read_positions.seq
            """).Bind(1, room.Room.Id.Value).Bind(2, actor.Id.Value).Bind(3, seq).Bind(4, postNo).Run();
        return context.Db.Changes == 0 ? Nothing.Value : new ReadMoved(actor.Id, room.Room, seq, postNo, room.Head.UnreadAfter(postNo));
    }

    /// <summary>The newest post at or below a seq; each envelope knows it.</summary>
    private long PostNo(WriterRoom room, long seq)
    {
        var row = context.Db.Statement("select post_no from events where room_id = ? and seq = ?").Bind(1, room.Room.Id.Value).Bind(2, seq);
        var postNo = row.Step() ? row.Int64(0) : 0;
        row.Reset();
        return postNo;
    }
}
