using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>How long somebody has still to wait in a room with slow mode. It is written down, so that a restart is no way around it.</summary>
internal sealed class SlowModeWriter(WriteContext context)
{
    /// <summary>Null: nothing.</summary>
    internal TimeSpan? Wait(WriterRoom room, UserId user)
    {
        if (room.Room.SlowSeconds is not { } seconds || IsExempt(room, user))
            return null;
        var row = context.Db.Statement("select at from slow_posts where room_id = ? and user_id = ?").Bind(1, room.Room.Id.Value).Bind(2, user.Value);
        long? last = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return last is { } at ? SlowMode.Wait(at, context.Now, seconds) : null;
    }

    /// <summary>They posted just now.</summary>
    internal void Note(WriterRoom room, UserId user)
    {
        if (room.Room.SlowSeconds is null || IsExempt(room, user))
            return;
        context.Db.Statement("""
            insert into slow_posts (room_id, user_id, at) values (?, ?, ?)
            on conflict (room_id, user_id) do update set at = excluded.at
            """).Bind(1, room.Room.Id.Value).Bind(2, user.Value).Bind(3, context.Now).Run();
    }

    /// <summary>What was posted before is not counted when it is turned on again.</summary>
    internal void Forget(WriterRoom room) => context.Db.Statement("delete from slow_posts where room_id = ?").Bind(1, room.Room.Id.Value).Run();

    private bool IsExempt(WriterRoom room, UserId user) => RightsTable.KeepsOrder(context.Standing(room, user));
}
