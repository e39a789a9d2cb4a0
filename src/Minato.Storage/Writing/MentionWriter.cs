using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Whom a message names, as rows by which they find it.</summary>
internal sealed class MentionWriter(WriteContext context)
{
    /// <param name="ts">The message's.</param>
    internal void Insert(RoomId room, long seq, long ts, MessageBody body)
    {
        var mentions = Mentions.Find(body, Named);
        foreach (var user in mentions.Users)
            context.Db.Deferred("insert into mentions (user_id, ts, room_id, seq) values (?, ?, ?, ?)")
                .Bind(1, user.Value).Bind(2, ts).Bind(3, room.Value).Bind(4, seq).Run();
        if (mentions.Everyone)
            context.Db.Statement("update messages set everyone = 1 where room_id = ? and seq = ?").Bind(1, room.Value).Bind(2, seq).Run();
    }

    /// <summary>As after the edit: who is named no more does not find it any more.</summary>
    internal void Replace(RoomId room, long seq, MessageBody body)
    {
        Erase(room, seq);
        var row = context.Db.Statement("select ts from messages where room_id = ? and seq = ?").Bind(1, room.Value).Bind(2, seq);
        row.Step();
        var ts = row.Int64(0);
        row.Reset();
        Insert(room, seq, ts, body);
    }

    internal void Erase(RoomId room, long seq)
    {
        context.Db.Statement("delete from mentions where room_id = ? and seq = ?").Bind(1, room.Value).Bind(2, seq).Run();
        context.Db.Statement("update messages set everyone = 0 where room_id = ? and seq = ? and everyone = 1")
            .Bind(1, room.Value).Bind(2, seq).Run();
    }

    private UserId? Named(string key)
    {
        var row = context.Db.Statement("select id from users where nick_key = ? and ended_at is null").Bind(1, key);
        UserId? user = row.Step() ? new UserId(row.Int64(0)) : null;
        row.Reset();
        return user;
    }
}
