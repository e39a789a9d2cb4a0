using System.Text;
using Minato.Storage.Moving;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;
using Npgsql;

namespace Minato.Storage.Tests.Moving;

/// <summary>A database of this version in which every table has rows and every column values of all sorts, whatever comes to the schema; and what a table says, as text.</summary>
internal static class FilledDatabase
{
    /// <summary>Rows of each table.</summary>
    public const int Rows = 50;

    /// <summary>Ids that each table gave to rows that are not there any more.</summary>
    public const int IdsGone = 7;

    /// <summary>What texts are made of: several scripts, what SQL and COPY could take for their own, and nothing.</summary>
    private static readonly string[] Texts = ["港", "a\nb\tc", "it''s \\N \\.", "👨‍👩‍👧", "{\"a\":1}", "\u00A0é\u200B", "x"];

    private static readonly long[] Numbers = [0, 1, -1, long.MaxValue, long.MinValue, 1_775_034_000_000];

    public static void Make(string file, int rows = Rows)
    {
        using var db = SqliteDatabase.Open(file, create: true);
        db.Execute("pragma journal_mode = wal");
        Migrations.OfThisVersion.Apply(db, file);
        db.Execute("begin");
        foreach (var table in MoveTable.Names.Select(name => MoveTable.Read(db, name)))
            for (var row = 1; row <= rows; row++)
                db.Execute($"insert into {table.WithColumns} values ({string.Join(", ", table.Columns.Select(c => Value(db, table, c, row)))})");
        db.Execute($"update sqlite_sequence set seq = seq + {IdsGone}; commit");
    }

    /// <summary>A table's rows as SQLite has them, not by way of what moves them.</summary>
    public static IReadOnlyList<string> InSqlite(string file, MoveTable table)
    {
        using var db = SqliteDatabase.Open(file, create: false);
        var rows = db.Statement($"select {string.Join(" || '|' || ", table.Columns.Select(c => Shown(c, "lower(hex({0}))", "hex(cast({0} as blob))")))} from {table.Name}");
        var lines = new List<string>();
        while (rows.Step())
            lines.Add(rows.Text(0));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same as PostgreSQL has them.</summary>
    public static IReadOnlyList<string> InPostgres(string connection, MoveTable table)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(
            $"select {string.Join(" || '|' || ", table.Columns.Select(c => Shown(c, c.Type == MoveType.Uid ? "replace({0}::text, '-', '')" : "encode({0}, 'hex')", "upper(encode(convert_to({0}, 'UTF8'), 'hex'))")))} from {table.Name}", open);
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
            lines.Add(rows.GetString(0));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Shown(MoveColumn column, string blob, string text)
    {
        var shown = column.Type switch { MoveType.Integer => "cast({0} as text)", MoveType.Text => text, _ => blob };
        return $"case when {column.Name} is null then 'null' else {string.Format(shown, column.Name)} end";
    }

    private static string Value(SqliteDatabase db, MoveTable table, MoveColumn column, int row)
    {
        // What refers to a user or a room, and every part of a key, is a number that is there.
        if (column.Type == MoveType.Integer && (column.InKey > 0 || column.Name.EndsWith("_id", StringComparison.Ordinal)))
            return $"{row}";
        var isNullable = column.InKey == 0 && db.Scalar($"select \"notnull\" from pragma_table_info('{table.Name}') where name = '{column.Name}'") == 0;
        if (isNullable && row % 3 == 0)
            return "null";
        var seed = row + column.Name.Length;
        return column.Type switch
        {
            MoveType.Integer => $"{Numbers[seed % Numbers.Length]}",
            // No two are the same, for many of them are unique.
            MoveType.Text => row == 2 && column is { InKey: 0, Name: "title" or "body" or "topic" } ? "''" : $"'{column.Name} {row} {Texts[seed % Texts.Length]}'",
            _ => $"x'{Convert.ToHexString(Encoding.UTF8.GetBytes($"{table.Name[0]}{row:D15}"))}'",
        };
    }
}
