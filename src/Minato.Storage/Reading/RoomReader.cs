using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class RoomReader
{
    /// <summary>The columns that <see cref="Read"/> expects, of a table called <c>r</c>.</summary>
    internal const string Columns = "r.id, r.uid, r.kind, r.slug, r.title, r.topic, r.archived_at, r.history, r.retention_days, r.posting, r.slow_seconds, r.restrictions, r.member_limit, r.room_key, r.patterns";

    internal const int ColumnCount = 15;

    /// <summary>The columns that <see cref="ReadHead"/> expects, of a table called <c>h</c>.</summary>
    internal const string HeadColumns = "h.seq, h.post_no, h.ts, h.first_seq, h.acl_version, h.trimmed_posts";

    internal const int HeadColumnCount = 6;

    /// <summary>
    /// The room that has a name now, or had it; null: none. Both are always looked at, so that what is found takes as long as what is not. A room that a
    /// server of an older version made is in the first alone.
    /// </summary>
    internal const string NamedSql =
        "select max(id) as id from (select id from rooms where slug_key = ?1 union all select room_id as id from room_slugs where slug_key = ?1) as names";

    private const string BySlugSql = $"""
        with named as ({NamedSql})
        select {Columns}, named.id from named join rooms r on r.id = coalesce(named.id, ?2)
        """;

    private const string HeadSql = $"select {HeadColumns} from room_heads h where h.room_id = ?";

    internal static Room? ByUid(Database db, Guid uid) => One(db, db.Statement($"select {Columns} from rooms r where r.uid = ?").Bind(1, uid));

    internal static Room? ById(Database db, RoomId id) => One(db, db.Statement($"select {Columns} from rooms r where r.id = ?").Bind(1, id.Value));

    /// <summary>
    /// Where there is none, the first room is read in its place, and left: a name that nobody may know of takes as long as one that is nobody's, and
    /// a row more or less is what a patient stranger could measure (docs/security/rooms.md).
    /// </summary>
    /// <param name="slug">As somebody wrote it: what cannot be a slug is no room's.</param>
    internal static Room? BySlug(Database db, string slug)
    {
        if (Slug.Normalize(slug) is not { } name)
            return null;
        var row = db.Statement(BySlugSql).Bind(1, Slug.Key(name)).Bind(2, RoomId.First.Value);
        var (room, isNamed) = row.Step() ? (Read(row, 0), !row.IsNull(ColumnCount)) : default;
        row.Reset();
        // Only rooms with users lack a slug.
        return isNamed ? room : null;
    }

    internal static RoomHead Head(Database db, RoomId room) => Head(db.Statement(HeadSql), room);

    /// <summary>The head that the next event builds on, where others write: nobody moves it before this transaction ends.</summary>
    internal static RoomHead HeadForUpdate(Database db, RoomId room) => Head(db.Statement($"{HeadSql} for update"), room);

    private static RoomHead Head(Statement row, RoomId room)
    {
        row.Bind(1, room.Value);
        var head = row.Step() ? ReadHead(row, 0) : default;
        row.Reset();
        return head;
    }

    internal static RoomHead ReadHead(Statement row, int column) =>
        new(row.Int64(column), row.Int64(column + 1), row.Int64(column + 2), row.Int64(column + 3), row.Int64(column + 4))
        {
            TrimmedPosts = row.Int64(column + 5),
        };

    /// <summary>Reads <see cref="Columns"/> from <paramref name="column"/> on; a direct room's users are still missing.</summary>
    internal static Room Read(Statement row, int column) => new(
        new RoomId(row.Int64(column)), row.Uid(column + 1), (RoomKind)row.Int64(column + 2),
        row.TextOrNull(column + 3), row.Text(column + 4), row.Text(column + 5), Archived: !row.IsNull(column + 6))
    {
        History = (HistoryView)row.Int64(column + 7),
        RetentionDays = row.Int64OrNull(column + 8),
        Posting = (Posting)row.Int64(column + 9),
        SlowSeconds = row.Int64OrNull(column + 10),
        Restrictions = (Restrictions)row.Int64(column + 11),
        MemberLimit = row.Int64OrNull(column + 12),
        Key = row.TextOrNull(column + 13) is { } key ? RoomKey.TryParse(key) : null,
        Patterns = row.Int64(column + 14),
    };

    internal static Room WithUsers(Database db, Room room) =>
        room.Kind == RoomKind.Direct ? room with { Users = UserReader.OfDirectRoom(db, room.Id.Value) } : room;

    private static Room? One(Database db, Statement rows)
    {
        var room = rows.Step() ? Read(rows, 0) : null;
        rows.Reset();
        return room is null ? null : WithUsers(db, room);
    }
}
