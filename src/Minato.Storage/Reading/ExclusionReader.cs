using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Who is banned and muted in a room, and by whom.</summary>
internal static class ExclusionReader
{
    private static readonly string Sql = $"""
        select x.mute, x.at, x.until, {UserReader.Columns}, {UserReader.ColumnsOf("w")}
        from (select false as mute, b.user_id, b.by_user, b.at, b.until from bans b where b.room_id = ?1
              union all select true, m.user_id, m.by_user, m.at, m.until from mutes m where m.room_id = ?1) as x
        join users u on u.id = x.user_id join users w on w.id = x.by_user
        where x.until is null or x.until > ?2
        order by x.at desc, x.mute, x.user_id limit {Exclusion.MaxListed}
        """;

    internal static IReadOnlyList<Exclusion> OfRoom(Database db, (RoomId Room, long Now) of)
    {
        var rows = db.Statement(Sql).Bind(1, of.Room.Value).Bind(2, of.Now);
        var all = new List<Exclusion>();
        while (rows.Step())
            all.Add(new Exclusion(UserReader.Read(rows, 3), rows.IsTrue(0), UserReader.Read(rows, 3 + UserReader.ColumnCount), rows.Int64(1), rows.Int64OrNull(2)));
        return all;
    }
}
