using Minato.Core.Accounts;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>
/// Where somebody has said anything, by walking all that was ever said: an index by author would cost every post a page, and this is asked once in
/// somebody's life.
/// </summary>
internal static class WrittenInReader
{
    /// <summary>The heads first: what is said after that look is above them.</summary>
    internal static WrittenIn All(Database db, UserId user)
    {
        var heads = Heads(db);
        var rows = db.Statement("select distinct room_id from messages where user_id = ? order by room_id").Bind(1, user.Value);
        var rooms = new List<RoomId>();
        while (rows.Step())
            rooms.Add(new RoomId(rows.Int64(0)));
        return new WrittenIn(rooms, heads);
    }

    /// <summary>The same with what was said since, of which only that is looked through.</summary>
    internal static HashSet<RoomId> AndSince(Database db, UserId user, WrittenIn seen)
    {
        var rooms = seen.Rooms.ToHashSet();
        foreach (var (room, head) in Heads(db))
            if (seen.UpTo.GetValueOrDefault(room) is var upTo && upTo < head && !rooms.Contains(room) && HasSaid(db, user, room, upTo))
                rooms.Add(room);
        return rooms;
    }

    private static bool HasSaid(Database db, UserId user, RoomId room, long after) => Database.Finds(
        db.Statement("select 1 from messages where room_id = ? and seq > ? and user_id = ? limit 1").Bind(1, room.Value).Bind(2, after).Bind(3, user.Value));

    private static Dictionary<RoomId, long> Heads(Database db)
    {
        var rows = db.Statement("select room_id, seq from room_heads");
        var heads = new Dictionary<RoomId, long>();
        while (rows.Step())
            heads.Add(new RoomId(rows.Int64(0)), rows.Int64(1));
        return heads;
    }
}
