using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class MentionReader
{
    /// <summary>The user's own, by time.</summary>
    private static readonly string Named = $"""
        select n.ts, n.room_id, n.seq from mentions n
        where n.user_id = ?2 and {Visibility.Anywhere("n.seq", room: "n.room_id")}
          and exists (select 1 from messages o where o.room_id = n.room_id and o.seq = n.seq and not {Erasure.Covers("o")} and not {BlockReader.Hides("o.user_id")})
        order by n.ts desc, n.room_id, n.seq desc limit ?4
        """;

    /// <summary>
    /// Those for everyone: the newest of each room say which rooms can have any of the newest; only those are looked into, and no
    /// deeper than the limit. Both count only what the reader may see; of one moment, the rooms of lower number come first throughout.
    /// </summary>
    private static readonly string ForEveryone = $"""
        with rooms_of_mine (room_id, newest) as (
          select i.room_id, (
            select e.ts from messages e
            where e.room_id = i.room_id and e.everyone = 1 and not {Erasure.Covers("e")} and not {BlockReader.Hides("e.user_id")} and {Visibility.Condition("e.seq", room: "e.room_id")}
            order by e.seq desc limit 1)
          from members i where i.user_id = ?2),
        best (room_id, from_seq) as (
          select t.room_id, coalesce((
            select e.seq from messages e where e.room_id = t.room_id and e.everyone = 1 and not {Erasure.Covers("e")} and not {BlockReader.Hides("e.user_id")} and {Visibility.Condition("e.seq", room: "e.room_id")}
            order by e.seq desc limit 1 offset ?5), 0)
          from rooms_of_mine t where t.newest is not null order by t.newest desc, t.room_id limit ?4)
        select m.ts, m.room_id, m.seq
        from best t join messages m on m.room_id = t.room_id and m.seq >= t.from_seq
        where m.everyone = 1 and not {Erasure.Covers("m")} and not {BlockReader.Hides("m.user_id")} and {Visibility.Condition("m.seq", room: "m.room_id")}
        order by m.ts desc, m.room_id, m.seq desc limit ?4
        """;

    private static readonly string One = $"{MessageReader.Select} where m.room_id = ?1 and m.seq = ?2";

    internal static IReadOnlyList<Mention> Newest(Database db, (UserId User, int Limit, long Now) of)
    {
        db.BeginSnapshot();
        var mentions = Find(db, Named, of).Union(Find(db, ForEveryone, of))
            .OrderByDescending(f => f.Ts).ThenBy(f => f.Room.Value).ThenByDescending(f => f.Seq).Take(of.Limit)
            .Select(f => new Mention(RoomReader.ById(db, f.Room)!, Message(db, f.Room, f.Seq, of.User))).ToList();
        db.Commit();
        return mentions;
    }

    private static List<(long Ts, RoomId Room, long Seq)> Find(Database db, string sql, (UserId User, int Limit, long Now) of)
    {
        var found = new List<(long, RoomId, long)>();
        var rows = db.Statement(sql).Bind(2, of.User.Value).Bind(4, of.Limit).Bind(5, of.Limit - 1).Bind(9, of.Now);
        while (rows.Step())
            found.Add((rows.Int64(0), new RoomId(rows.Int64(1)), rows.Int64(2)));
        return found;
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
