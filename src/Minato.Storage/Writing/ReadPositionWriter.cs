using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Read positions: one row for each member, only ever forward.</summary>
internal sealed class ReadPositionWriter(WriteContext context)
{
    private const string Upsert = """
        insert into read_positions (room_id, user_id, seq, post_no) values (?, ?, ?, ?)
        on conflict (room_id, user_id) do update set seq = excluded.seq, post_no = excluded.post_no
        """;

    internal Outcome Apply(MarkRead command, User actor)
    {
        if (context.Room(command.Room) is not { } room
            || RoomRights.Check(RoomAction.MarkRead, room.Room.Rules, context.Standing(room, actor.Id)) is not null)
            return Nothing.Value;
        var seq = Math.Min(command.Seq, room.Head.Seq);
        if (seq <= Position(room, actor.Id))
            return Nothing.Value;
        var postNo = seq == room.Head.Seq ? room.Head.PostNo : PostNumber(room, seq);
        var canWait = context.LookedUp?.Moved.Add((room.Room.Id, actor.Id)) ?? false;
        (canWait ? context.Db.Deferred(Upsert) : context.Db.Statement(Upsert))
            .Bind(1, room.Room.Id.Value).Bind(2, actor.Id.Value).Bind(3, seq).Bind(4, postNo).Run();
        if (context.LookedUp is { } lookedUp)
            lookedUp.ReadPositions[(room.Room.Id, actor.Id)] = seq;
        return new ReadMoved(actor.Id, room.Room, seq, postNo, room.Head.UnreadAfter(postNo));
    }

    private long Position(WriterRoom room, UserId user)
    {
        if (context.LookedUp is { } lookedUp)
            return lookedUp.ReadPositions.GetValueOrDefault((room.Room.Id, user));
        var row = context.Db.Statement("select seq from read_positions where room_id = ? and user_id = ?").Bind(1, room.Room.Id.Value).Bind(2, user.Value);
        var seq = row.Step() ? row.Int64(0) : 0;
        row.Reset();
        return seq;
    }

    /// <summary>The newest post at or below a seq; each envelope knows it.</summary>
    private long PostNumber(WriterRoom room, long seq)
    {
        if (context.LookedUp is { } lookedUp && lookedUp.PostNumbers.TryGetValue((room.Room.Id, seq), out var known))
            return known;
        var row = context.Db.Statement("select post_no from events where room_id = ? and seq = ?").Bind(1, room.Room.Id.Value).Bind(2, seq);
        var postNo = row.Step() ? row.Int64(0) : 0;
        row.Reset();
        return postNo;
    }
}
