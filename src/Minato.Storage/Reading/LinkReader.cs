using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class LinkReader
{
    /// <summary>The columns that <see cref="Read"/> expects, of a table called <c>l</c> and the makers (u).</summary>
    internal const string Select = $"select l.uid, l.until, l.uses, l.used, {UserReader.Columns} from room_links l join users u on u.id = l.by_user";

    internal static IReadOnlyList<RoomLink> OfRoom(Database db, (RoomId Room, long Now) of)
    {
        var rows = db.Statement($"{Select} where l.room_id = ? and l.until > ? and l.used < l.uses order by l.id").Bind(1, of.Room.Value).Bind(2, of.Now);
        var links = new List<RoomLink>();
        while (rows.Step())
            links.Add(Read(rows));
        return links;
    }

    internal static RoomLink Read(Statement row) => new(row.Uid(0), UserReader.Read(row, 4), row.Int64(1), row.Int64(2), row.Int64(3));
}
