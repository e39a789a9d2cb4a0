using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>
/// What a user may see of a room, as a condition on a <c>seq</c>: all of an open room, else what falls into their spans; and
/// nothing while they are banned. Every query that returns what was said carries it.
/// </summary>
internal static class Visibility
{
    /// <summary>For queries with the user as ?2, the time as ?9, and the room as ?1 unless it is said otherwise.</summary>
    internal static string Condition(string seq, string room = "?1") => $"""
        ({IsOpen(room)}
          or exists (select 1 from member_spans s where s.room_id = {room} and s.user_id = ?2
                     and {seq} >= s.from_seq and (s.to_seq is null or {seq} <= s.to_seq)))
        and not exists (select 1 from bans b where b.room_id = {room} and b.user_id = ?2 and (b.until is null or b.until > ?9))
        """;

    /// <summary>
    /// As <see cref="Condition"/>, and only where the user may read now: for lists over all rooms, which nobody's rights were asked
    /// for one by one. What a former member has seen may have been edited since, and is not for them.
    /// </summary>
    internal static string Anywhere(string seq, string room) => $"""
        {Condition(seq, room)}
        and ({IsOpen(room, andItsDoor: true)}
          or exists (select 1 from members v where v.room_id = {room} and v.user_id = ?2))
        """;

    /// <summary>
    /// <see cref="Condition"/>, roughly, as a range: a walk along a room's key begins and ends where the user may see something, and does not look at
    /// a million messages to find that a newcomer may see none of them.
    /// </summary>
    internal static string Bounds(string seq) => $"""
        {seq} >= (select case when {IsOpen("?1")} then 0
                  else coalesce((select min(from_seq) from member_spans where room_id = ?1 and user_id = ?2), {long.MaxValue}) end)
        and {seq} <= (select case when {IsOpen("?1")} then {long.MaxValue}
                  else coalesce((select max(coalesce(to_seq, {long.MaxValue})) from member_spans where room_id = ?1 and user_id = ?2), 0) end)
        """;

    /// <summary>As <see cref="Room.IsOpen"/>.</summary>
    /// <param name="andItsDoor">And not <see cref="RoomRules.IsClosed"/>: whoever is outside may look in.</param>
    internal static string IsOpen(string room, bool andItsDoor = false) =>
        $"exists (select 1 from rooms o where o.id = {room} and o.kind = {(int)RoomKind.Public} and o.history = {(int)HistoryView.All}{(andItsDoor ? Door : "")})";

    private static readonly string Door = $" and (o.restrictions & {(int)Restrictions.InviteOnly}) = 0 and o.room_key is null";

    internal static Statement BindViewer(this Statement statement, RoomId room, UserId? user, long now) =>
        statement.Bind(1, room.Value).Bind(2, user?.Value ?? 0).Bind(9, now);
}
