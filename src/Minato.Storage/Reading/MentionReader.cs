using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class MentionReader
{
    private static readonly string Sql = $"""
        with named (room_id, seq) as (
          select room_id, seq from mentions where user_id = ?2
          union
          select e.room_id, e.seq from members i join messages e on e.room_id = i.room_id where i.user_id = ?2 and e.everyone = 1)
        select m.room_id, m.seq from named n join messages m on m.room_id = n.room_id and m.seq = n.seq {Erasure.Join("m")}
        where x.seq is null and {Visibility.Condition("m.seq", room: "m.room_id")}
        order by m.ts desc, m.room_id, m.seq desc limit ?4
        """;

    private static readonly string One = $"{MessageReader.Select} where m.room_id = ?1 and m.seq = ?2";

    internal static IReadOnlyList<Mention> Newest(Database db, (UserId User, int Limit, long Now) of)
    {
        db.BeginSnapshot();
        var found = new List<(RoomId Room, long Seq)>();
        var rows = db.Statement(Sql).Bind(2, of.User.Value).Bind(4, of.Limit).Bind(9, of.Now);
        while (rows.Step())
            found.Add((new RoomId(rows.Int64(0)), rows.Int64(1)));
        var mentions = found.ConvertAll(f => new Mention(RoomReader.ById(db, f.Room)!, Message(db, f.Room, f.Seq, of.User)));
        db.Commit();
        return mentions;
    }

    private static Message Message(Database db, RoomId room, long seq, UserId user)
    {
        var row = db.Statement(One).Bind(1, room.Value).Bind(2, seq);
        row.Step();
        var message = MessageReader.Read(row);
        row.Reset();
        return MessageReader.WithReactions(db, room, user, [message])[0];
    }
}
