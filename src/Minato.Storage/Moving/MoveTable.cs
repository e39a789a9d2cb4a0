using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Moving;

/// <summary>A table that is moved, as SQLite describes it.</summary>
internal sealed record MoveTable(string Name, IReadOnlyList<MoveColumn> Columns)
{
    /// <summary>All of them, in an order in which whoever is named is there first.</summary>
    internal static readonly IReadOnlyList<string> Names =
    [
        "settings", "users", "rooms", "room_heads", "room_slugs", "room_topics", "room_patterns", "room_links",
        "accounts", "sessions", "access_tokens", "recovery_codes", "passkeys", "invitations", "audit",
        "members", "member_spans", "invites", "bans", "mutes", "blocks", "slow_posts", "paces",
        "events", "bodies", "messages", "reactions", "pins", "mentions", "erasures", "client_ids", "read_positions", "files", "reports",
    ];

    /// <summary>What else SQLite has, and why it stays there. The search index is a file of its own, which PostgreSQL's takes the place of.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Left = new Dictionary<string, string>
    {
        ["sqlite_sequence"] = "the ids that were given: PostgreSQL's sequences are set by it",
        ["sqlite_stat1"] = "how keys are spread, for SQLite's planner",
        ["sqlite_stat4"] = "the same, where the system's SQLite was built with it",
    };

    /// <summary>Its name and its columns, as both engines write them: <c>users (id, uid, …)</c>.</summary>
    internal string WithColumns => $"{Name} ({string.Join(", ", Columns.Select(c => c.Name))})";

    /// <summary>All its rows in the order of its key, which is the same on both: text is compared by bytes.</summary>
    internal string Select => $"select {string.Join(", ", Columns.Select(c => c.Name))} from {Name} order by {Key}";

    private string Key => string.Join(", ", Columns.Where(c => c.InKey > 0).OrderBy(c => c.InKey).Select(c => c.Name));

    internal static MoveTable Read(SqliteDatabase db, string name)
    {
        var rows = db.Statement("select name, type, pk from pragma_table_info(?) order by cid").Bind(1, name);
        var columns = new List<MoveColumn>();
        while (rows.Step())
            columns.Add(new MoveColumn(rows.Text(0), MoveColumn.TypeOf(rows.Text(0), rows.Text(1)), (int)rows.Int64(2)));
        return new MoveTable(name, columns);
    }
}

/// <param name="InKey">Its place in the primary key, from 1; 0: it is not in it.</param>
internal sealed record MoveColumn(string Name, MoveType Type, int InKey)
{
    /// <summary>STRICT tables have no other types. An id that is known outside is called uid everywhere, and has a type of its own in PostgreSQL.</summary>
    internal static MoveType TypeOf(string name, string type) => type.ToUpperInvariant() switch
    {
        "INTEGER" => MoveType.Integer,
        "TEXT" => MoveType.Text,
        "BLOB" => name == "uid" ? MoveType.Uid : MoveType.Blob,
        _ => throw new InvalidOperationException($"Nobody moves a column of type {type}."),
    };
}

internal enum MoveType
{
    Integer,
    Text,
    Blob,

    /// <summary>16 bytes in SQLite, a uuid in PostgreSQL.</summary>
    Uid,
}
