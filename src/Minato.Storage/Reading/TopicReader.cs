using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Who set the topic that a room has, under their name of today, for whoever may see that it was set.</summary>
internal static class TopicReader
{
    private static readonly string Sql = $"""
        select {UserReader.Columns}, t.at from room_topics t join users u on u.id = t.user_id where t.room_id = ?1 and {Visibility.Condition("t.seq")}
        """;

    internal static TopicSetter? Of(Database db, (RoomId Room, UserId? User, long Now) of)
    {
        var row = db.Statement(Sql).BindViewer(of.Room, of.User, of.Now);
        var setter = row.Step() ? new TopicSetter(UserReader.Read(row, 0), row.Int64(UserReader.ColumnCount)) : null;
        row.Reset();
        return setter;
    }
}
