using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class MemberReader
{
    /// <summary>In the order in which they came to the server: it is the key's, and whoever leaves or is renamed moves nobody.</summary>
    private static readonly string Sql = $"""
        select m.role, {UserReader.Columns}
        from members m join users u on u.id = m.user_id
        where m.room_id = ?1 and m.user_id > coalesce((select id from users where uid = ?2), 0)
        order by m.user_id limit ?3
        """;

    internal static IReadOnlyList<Member> Page(Database db, (RoomId Room, Guid? After, int Limit) of)
    {
        var rows = db.Statement(Sql).Bind(1, of.Room.Value).Bind(2, of.After ?? Guid.Empty).Bind(3, of.Limit);
        var members = new List<Member>();
        while (rows.Step())
            members.Add(new Member(UserReader.Read(rows, 1), (Standing)rows.Int64(0)));
        return members;
    }
}
