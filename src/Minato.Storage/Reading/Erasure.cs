namespace Minato.Storage.Reading;

/// <summary>
/// Messages that were erased all at once: they are for every reader from the event on, whatever the slices that remove their bodies
/// have got done. A query of what somebody wrote joins this as <c>x</c>, and takes a row without <c>x</c> as it stands.
/// </summary>
internal static class Erasure
{
    /// <param name="of">The table whose <c>room_id</c>, <c>user_id</c> and <c>seq</c> are asked for.</param>
    internal static string Join(string of) => $"left join erasures x on {Condition(of)}";

    /// <summary>The same as a condition: whether a row is among them.</summary>
    internal static string Covers(string of) => $"exists (select 1 from erasures x where {Condition(of)})";

    private static string Condition(string of) =>
        $"x.room_id = {of}.room_id and x.user_id = {of}.user_id and {of}.seq > x.after_seq and {of}.seq <= x.up_to_seq";
}
