using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>The log for those who follow it: which messages were made or changed, and what they are now.</summary>
internal static class ChangeReader
{
    /// <summary>
    /// Whatever was said about a message counts, also in events of kinds that are still to come; only what leaves its body as it is does not.
    /// Erasing all of somebody's messages is about each of them.
    /// </summary>
    private static readonly string Sql = $"""
        select m.seq, m.ts, case when m.deleted_at is null and x.seq is null then b.body end
        from messages m
        {Erasure.Join("m")}
        left join bodies b on b.room_id = m.room_id and b.seq = m.body_seq
        where m.room_id = ?1 and m.seq in (
              select case when kind = {(int)EventKind.Posted} then seq else target end as seq
              from events
              where room_id = ?1 and seq > ?2 and seq <= ?3 and kind not in ({(int)EventKind.Reacted}, {(int)EventKind.PinChanged})
              union
              select w.seq from events e
              join messages w on w.room_id = e.room_id and w.user_id = e.subject and w.seq <= e.value
              where e.room_id = ?1 and e.seq > ?2 and e.seq <= ?3 and e.kind = {(int)EventKind.MessagesErased})
        order by m.seq
        """;

    internal static IReadOnlyList<(RoomId, RoomHead)> Heads(Database db, (RoomId After, int Limit) of)
    {
        var rows = db.Statement($"select h.room_id, {RoomReader.HeadColumns} from room_heads h where h.room_id > ?1 order by h.room_id limit ?2")
            .Bind(1, of.After.Value).Bind(2, of.Limit);
        var heads = new List<(RoomId, RoomHead)>();
        while (rows.Step())
            heads.Add((new RoomId(rows.Int64(0)), RoomReader.ReadHead(rows, 1)));
        return heads;
    }

    internal static LogStretch Next(Database db, (RoomId Room, long After, int Events) of)
    {
        db.BeginSnapshot();
        var head = RoomReader.Head(db, of.Room);
        var upTo = Math.Min(head.Seq, of.After + of.Events);
        var rows = db.Statement(Sql).Bind(1, of.Room.Value).Bind(2, of.After).Bind(3, upTo);
        var messages = new List<ChangedMessage>();
        while (rows.Step())
            messages.Add(new ChangedMessage(rows.Int64(0), rows.Int64(1), EventReader.BodyOrNull(rows, 2)));
        var changes = new RoomChanges(of.Room, Mark(db, of.Room, upTo), messages) { FirstSeq = head.FirstSeq };
        var stretch = new LogStretch(Mark(db, of.Room, of.After), head.Seq, changes);
        db.Commit();
        return stretch;
    }

    private static LogMark Mark(Database db, RoomId room, long seq)
    {
        var row = db.Statement("select ts from events where room_id = ?1 and seq = ?2").Bind(1, room.Value).Bind(2, seq);
        var mark = new LogMark(seq, row.Step() ? row.Int64(0) : 0);
        row.Reset();
        return mark;
    }
}
