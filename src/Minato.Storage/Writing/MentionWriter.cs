using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Whom a message names, as rows by which they find it.</summary>
internal sealed class MentionWriter(WriteContext context)
{
    internal void Insert(RoomId room, long seq, MessageBody body)
    {
        var mentions = Mentions.Find(body, Named);
        foreach (var user in mentions.Users)
            context.Db.Deferred("insert into mentions (user_id, room_id, seq) values (?, ?, ?)")
                .Bind(1, user.Value).Bind(2, room.Value).Bind(3, seq).Run();
        if (mentions.Everyone)
            context.Db.Statement("update messages set everyone = 1 where room_id = ? and seq = ?").Bind(1, room.Value).Bind(2, seq).Run();
    }

    /// <summary>As after the edit: who is named no more does not find it any more.</summary>
    internal void Replace(RoomId room, long seq, MessageBody body)
    {
        Erase(room, seq);
        Insert(room, seq, body);
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
