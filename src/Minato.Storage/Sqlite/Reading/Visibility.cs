using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Reading;

/// <summary>
/// What a user may see of a room, as a condition on a <c>seq</c>: all of a public room, else what falls into their spans.
/// Every query that returns what was said carries it.
/// </summary>
internal static class Visibility
{
    /// <summary>For queries with the room as ?1 and the user as ?2.</summary>
    internal static string Condition(string seq) => $"""
        ((select kind from rooms where id = ?1) = {(int)RoomKind.Public}
          or exists (select 1 from member_spans s where s.room_id = ?1 and s.user_id = ?2
                     and {seq} >= s.from_seq and (s.to_seq is null or {seq} <= s.to_seq)))
        """;

    internal static Statement BindViewer(this Statement statement, RoomId room, UserId? user) =>
        statement.Bind(1, room.Value).Bind(2, user?.Value ?? 0);
}
