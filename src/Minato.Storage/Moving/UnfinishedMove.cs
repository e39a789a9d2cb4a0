using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Sql;

namespace Minato.Storage.Moving;

/// <summary>
/// The table that is there for as long as a database is being moved into: what is to come, and how much of it came, written in the
/// transactions that bring it. It comes before the first row and goes after the last, and while it is there no server starts.
/// </summary>
internal sealed class UnfinishedMove(PostgresDatabase db)
{
    private const string Create = """
        create table minato_move (
          name     text collate "C" primary key,  -- a table
          total    bigint not null,               -- its rows where it comes from
          checksum text not null,                 -- over them
          copied   bigint not null                -- how many are here, in the order of its key
        )
        """;

    internal bool IsThere => Database.Finds(db.Statement("select 1 from pg_class where oid = to_regclass('minato_move')"));

    /// <exception cref="StoreFailedException">It is there.</exception>
    internal void Refuse()
    {
        if (IsThere)
            throw new StoreFailedException(
                "A move into this database was begun and not finished: what is in it is not whole. Run minato move again, with the same data and the same database; it goes on where it was.");
    }

    internal void Begin(IReadOnlyList<TableSum> source)
    {
        db.Execute(Create);
        foreach (var table in source)
            db.Statement("insert into minato_move (name, total, checksum, copied) values (?, ?, ?, 0)")
                .Bind(1, table.Name).Bind(2, table.Rows).Bind(3, table.Checksum).Run();
    }

    /// <summary>How many rows came of each table.</summary>
    /// <exception cref="StoreFailedException">What was begun is another's move, or of the same data as it was before.</exception>
    internal IReadOnlyDictionary<string, long> Resume(IReadOnlyList<TableSum> source)
    {
        var rows = db.Statement("select name, total, checksum, copied from minato_move");
        var (begun, copied) = (new HashSet<TableSum>(), new Dictionary<string, long>());
        while (rows.Step())
        {
            begun.Add(new TableSum(rows.Text(0), rows.Int64(1), rows.Text(2)));
            copied[rows.Text(0)] = rows.Int64(3);
        }
        if (!begun.SetEquals(source))
            throw new StoreFailedException(
                "The move into this database was begun with other data, or with this as it was before a server changed it. Move into an empty database: dropdb, createdb.");
        return copied;
    }

    internal void Came(string table, long copied) =>
        db.Statement("update minato_move set copied = ? where name = ?").Bind(1, copied).Bind(2, table).Run();

    internal void End() => db.Execute("drop table minato_move");
}
