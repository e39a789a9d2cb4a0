using System.Collections.Concurrent;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Tests;

/// <summary>What a SQLite store has asked so far: tables that grow with what is said are looked up in, never read from end to end.</summary>
internal static class Plans
{
    private static readonly HashSet<string> Growing =
        ["events", "bodies", "messages", "reactions", "mentions", "client_ids", "members", "member_spans", "read_positions"];

    /// <summary>Asked by an operator now and then, beside the writer.</summary>
    private const string WhereSomebodyWrote = "select distinct room_id from messages where user_id = ?";

    private static readonly ConcurrentDictionary<string, string?> Known = [];

    /// <summary>Questions that read a whole table, or make a filter of one, which is the same.</summary>
    internal static List<string> Faults(SqliteStore store)
    {
        var faults = new List<string>();
        foreach (var db in store.Connections)
            foreach (var sql in db.Asked)
                if (!sql.StartsWith(WhereSomebodyWrote, StringComparison.Ordinal) && Known.GetOrAdd(sql, _ => Fault(db, sql)) is { } fault)
                    faults.Add($"{fault}: {sql}");
        return faults;
    }

    // https://sqlite.org/opcode.html: OpenRead and OpenWrite give cursor P1 the tree with root P2; Rewind and Last go to the ends of cursor P1.
    private static string? Fault(SqliteDatabase db, string sql)
    {
        var cursors = new Dictionary<long, string>();
        using var steps = new SqliteStatement(db.Handle, "explain " + sql);
        while (steps.Step())
        {
            var (opcode, p1, p2) = (steps.Text(1), steps.Int64(2), steps.Int64(3));
            if (opcode is "OpenRead" or "OpenWrite" && TableOf(db, p2) is { } table)
                cursors[p1] = table;
            else if (opcode == "FilterAdd" || (opcode is "Rewind" or "Last" && cursors.TryGetValue(p1, out var read) && Growing.Contains(read)))
                return opcode;
        }
        return null;
    }

    private static string? TableOf(SqliteDatabase db, long root)
    {
        using var row = new SqliteStatement(db.Handle, "select tbl_name from sqlite_schema where rootpage = ?");
        return row.Bind(1, root).Step() ? row.Text(0) : null;
    }
}
