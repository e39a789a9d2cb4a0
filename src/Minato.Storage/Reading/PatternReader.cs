using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>A room's lists of patterns.</summary>
internal static class PatternReader
{
    private static readonly string Sql = $"""
        select p.list, p.pattern, p.at, {UserReader.ColumnsOf("w")} from room_patterns p join users w on w.id = p.by_user
        where p.room_id = ? order by p.list, p.at, p.pattern_key
        """;

    internal static IReadOnlyList<ListedPattern> OfRoom(Database db, RoomId room)
    {
        var rows = db.Statement(Sql).Bind(1, room.Value);
        var all = new List<ListedPattern>();
        while (rows.Step())
            all.Add(new ListedPattern((PatternList)rows.Int64(0), UserPattern.FromStore(rows.Text(1)), UserReader.Read(rows, 3), rows.Int64(2)));
        return all;
    }
}
