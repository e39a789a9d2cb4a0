using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class ReadPositionReader
{
    private static readonly string Sql = $"""
        select p.seq, {UserReader.Columns}
        from members m
        join read_positions p on p.room_id = m.room_id and p.user_id = m.user_id
        join users u on u.id = m.user_id
        where m.room_id = ?1 and exists (select 1 from members v where v.room_id = ?1 and v.user_id = ?2)
        order by p.seq desc, u.id limit ?3
        """;

    internal static IReadOnlyList<ReadPosition> OfMembers(Database db, (RoomId Room, UserId User, int Limit) of)
    {
        var rows = db.Statement(Sql).Bind(1, of.Room.Value).Bind(2, of.User.Value).Bind(3, of.Limit);
        var positions = new List<ReadPosition>();
        while (rows.Step())
            positions.Add(new ReadPosition(UserReader.Read(rows, 1), rows.Int64(0)));
        return positions;
    }
}
