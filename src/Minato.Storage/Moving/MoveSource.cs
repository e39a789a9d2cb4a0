using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Moving;

/// <summary>The SQLite side of a move: one snapshot of it, and nothing of it is changed.</summary>
internal sealed class MoveSource : IDisposable
{
    private readonly SqliteDatabase _db;

    private MoveSource(SqliteDatabase db)
    {
        _db = db;
        Tables = [.. MoveTable.Names.Select(name => MoveTable.Read(db, name))];
    }

    internal IReadOnlyList<MoveTable> Tables { get; }

    /// <exception cref="StoreFailedException">Not a database, another program's, or of another version.</exception>
    internal static MoveSource Open(string file)
    {
        SqliteFile.CheckWhole(file);
        FileHeader.Check(file);
        var db = SqliteDatabase.OpenToRead(file);
        try
        {
            Migrations.OfThisVersion.CheckIsDone(db, file);
            db.BeginSnapshot();
            return new MoveSource(db);
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    internal long Count(MoveTable table) => _db.Scalar($"select count(*) from {table.Name}");

    /// <param name="after">So many from the beginning are left out.</param>
    internal MoveRows Rows(MoveTable table, Action seen, long after = 0) => new(_db.Statement($"{table.Select} limit -1 offset ?").Bind(1, after), table, seen);

    /// <summary>The last id that each table gave, also where its row is gone: none is used again.</summary>
    internal IReadOnlyList<(string Table, long Last)> LastIds()
    {
        var rows = _db.Statement("select name, seq from sqlite_sequence where seq > 0");
        var ids = new List<(string, long)>();
        while (rows.Step())
            ids.Add((rows.Text(0), rows.Int64(1)));
        return ids;
    }

    /// <summary>By which cookies tell a workspace from another, and people that it is the same.</summary>
    internal string Instance
    {
        get
        {
            var row = _db.Statement("select value from settings where key = 'instance'");
            var instance = row.Step() ? row.Text(0) : "";
            row.Reset();
            return instance;
        }
    }

    public void Dispose() => _db.Dispose();
}
