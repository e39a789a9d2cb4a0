using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class PinReader
{
    /// <summary>A cross join, because SQLite takes the tables of one in their order: a room has few pins and many messages.</summary>
    private static readonly string Sql = $"""
        select {MessageReader.Columns}
        from pins k
        cross join messages m
        {MessageReader.Joins}
        where k.room_id = ?1 and m.room_id = k.room_id and m.seq = k.seq
          and m.deleted_at is null and x.seq is null and {Visibility.Condition("m.seq")}
        order by k.seq desc
        """;

    /// <summary>Of pinned messages only: between the first of them and the last there may be a whole year.</summary>
    private const string Reactions = """
        select r.seq, r.emoji, count(*), count(case when r.user_id = ?2 then 1 end)
        from pins k cross join reactions r
        where k.room_id = ?1 and r.room_id = k.room_id and r.seq = k.seq
        group by r.seq, r.emoji order by min(r.at), r.emoji
        """;

    internal static IReadOnlyList<Message> OfRoom(Database db, (RoomId Room, UserId? User, long Now) of)
    {
        db.BeginSnapshot();
        var pinned = new List<Message>();
        var rows = db.Statement(Sql).BindViewer(of.Room, of.User, of.Now);
        while (rows.Step())
            pinned.Add(MessageReader.Read(rows));
        var reactions = db.Statement(Reactions).Bind(1, of.Room.Value).Bind(2, of.User?.Value ?? 0);
        var messages = MessageReader.WithReactions(reactions, pinned);
        db.Commit();
        return messages;
    }
}
