using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class RoomListReader
{
    /// <summary>A room, its head, and one user's (?1) membership and read position in it.</summary>
    private const string Select = $"""
        select {RoomReader.Columns}, {RoomReader.HeadColumns},
               coalesce(m.role, 0), coalesce(p.seq, 0), coalesce(p.post_no, 0)
        """;

    private const string From = """
        from rooms r
        join room_heads h on h.room_id = r.id
        left join members m on m.room_id = r.id and m.user_id = ?1
        left join read_positions p on p.room_id = r.id and p.user_id = ?1
        """;

    private const int AfterHead = RoomReader.ColumnCount + RoomReader.HeadColumnCount;

    private const int AfterView = AfterHead + 3;

    internal static IReadOnlyList<RoomView> Mine(Database db, (UserId? User, long Now) of)
    {
        var rows = db.Statement($"""
            {Select} {From}
            where (r.slug_key = ?2 or r.id in (select room_id from members where user_id = ?1))
              and not exists (select 1 from bans b where b.room_id = r.id and b.user_id = ?1 and (b.until is null or b.until > ?3))
            order by case when r.slug_key = ?2 then 0 else 1 end, r.id
            """).Bind(1, of.User?.Value ?? 0).Bind(2, Slug.Lobby).Bind(3, of.Now);
        var views = new List<RoomView>();
        while (rows.Step())
            views.Add(ReadView(rows));
        // A second statement while the first still runs would be another cursor of this connection: after it, then.
        return views.ConvertAll(v => v with { Room = RoomReader.WithUsers(db, v.Room) });
    }

    internal static IReadOnlyList<RoomListing> Public(Database db, (UserId? User, int Limit) of)
    {
        var rows = db.Statement($"""
            {Select}, r.members {From}
            where r.kind = 0 and r.archived_at is null and ((r.restrictions & 4) = 0 or m.role is not null)
            order by r.members desc, r.id limit ?2
            """).Bind(1, of.User?.Value ?? 0).Bind(2, of.Limit);
        var listings = new List<RoomListing>();
        while (rows.Step())
            listings.Add(new RoomListing(ReadView(rows), (int)rows.Int64(AfterView)));
        return listings;
    }

    internal static IReadOnlyList<Room> Invited(Database db, (UserId User, int Limit) of)
    {
        var rows = db.Statement($"""
            select {RoomReader.Columns} from invites i join rooms r on r.id = i.room_id
            where i.user_id = ?1 and r.archived_at is null order by i.room_id limit ?2
            """).Bind(1, of.User.Value).Bind(2, of.Limit);
        var rooms = new List<Room>();
        while (rows.Step())
            rooms.Add(RoomReader.Read(rows, 0));
        return rooms;
    }

    internal static IReadOnlyList<RoomSummary> Every(Database db, (Guid? After, int Limit) of)
    {
        var rows = db.Statement($"""
            select {RoomReader.Columns}, {RoomReader.HeadColumns}, r.members from rooms r join room_heads h on h.room_id = r.id
            where r.id > coalesce((select id from rooms where uid = ?1), 0)
            order by r.id limit ?2
            """).Bind(1, of.After ?? Guid.Empty).Bind(2, of.Limit);
        var rooms = new List<RoomSummary>();
        while (rows.Step())
            rooms.Add(new RoomSummary(RoomReader.Read(rows, 0), RoomReader.ReadHead(rows, RoomReader.ColumnCount), (int)rows.Int64(AfterHead)));
        return rooms;
    }

    private static RoomView ReadView(Statement row)
    {
        var head = RoomReader.ReadHead(row, RoomReader.ColumnCount);
        var role = (Standing)row.Int64(AfterHead);
        var isMember = role != Standing.Outsider;
        return new RoomView(
            RoomReader.Read(row, 0), head, isMember, row.Int64(AfterHead + 1), Unread: isMember ? head.UnreadAfter(row.Int64(AfterHead + 2)) : 0)
        {
            Role = role,
        };
    }
}
