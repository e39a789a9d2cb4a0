using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Postgres.Schema;
using Minato.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Moving;

/// <summary>The PostgreSQL side of a move: a database that nobody else uses, empty or filled so far by this very move.</summary>
internal sealed class MoveTarget : IDisposable
{
    /// <summary>Whoever was killed is noticed by then, and their locks are gone.</summary>
    private const string LockTimeout = "5s";

    /// <summary>Seconds for one statement: most take none, but one may look at a whole table.</summary>
    private const int StatementTimeout = 3600;

    private readonly PostgresServers _servers;
    private readonly PostgresDatabase _db;
    private readonly UnfinishedMove _move;

    private MoveTarget(PostgresServers servers, PostgresDatabase db) => (_servers, _db, _move) = (servers, db, new UnfinishedMove(db));

    /// <summary>Takes it for this move alone, and makes the tables where there are none.</summary>
    /// <param name="instance">Of the data that is to come.</param>
    /// <exception cref="StoreFailedException">It holds something else.</exception>
    /// <exception cref="StoreInUseException">A server or another move has it.</exception>
    /// <exception cref="PostgresError">It is not there, or does not let us in.</exception>
    internal static MoveTarget Open(string connection, string instance)
    {
        var servers = ConnectionText.Servers(connection, commandTimeout: StatementTimeout);
        PostgresDatabase? db = null;
        try
        {
            db = PostgresDatabase.Open(servers);
            var target = new MoveTarget(servers, db);
            // Once to say so at once, and once more when nobody can change it.
            target.CheckIsFree(instance);
            target.TakeAlone();
            target.CheckIsFree(instance);
            if (!target.IsBegun)
                PostgresMigrations.Apply(db);
            // Along the key, as the rows came: nothing is gathered and sorted before the first is there.
            db.Execute("set enable_sort = off");
            return target;
        }
        catch
        {
            db?.Dispose();
            servers.Dispose();
            throw;
        }
    }

    /// <summary>An earlier run of the same move was cut short.</summary>
    internal bool IsBegun => _move.IsThere;

    internal void Begin(IReadOnlyList<TableSum> source) => InTransaction(() =>
    {
        // What every new database is given is somebody else's here.
        _db.Execute("delete from settings");
        _move.Begin(source);
        return true;
    });

    /// <summary>How many rows of each table are here.</summary>
    /// <exception cref="StoreFailedException">They are others' rows.</exception>
    internal IReadOnlyDictionary<string, long> Resume(IReadOnlyList<TableSum> source) => _move.Resume(source);

    /// <summary>Writes the next rows, and that they came, in one transaction.</summary>
    /// <param name="copied">So many came before.</param>
    /// <returns>How many there were; less than <paramref name="most"/>: that was all.</returns>
    /// <exception cref="StoreFailedException">PostgreSQL does not take them.</exception>
    internal int Copy(MoveRows rows, long copied, int most)
    {
        try
        {
            return InTransaction(() =>
            {
                var count = _db.Guard((Connection: _db.Connection, Rows: rows, Most: most), static a => Import(a.Connection, a.Rows, a.Most));
                _move.Came(rows.Table.Name, copied + count);
                return count;
            });
        }
        catch (PostgresError e) when (e.Trouble == SqlTrouble.OneRow)
        {
            throw new StoreFailedException($"The table {rows.Table.Name} has a row that PostgreSQL does not take ({e.Message}).", e);
        }
    }

    /// <summary>Rows that came in order are found by their keys at once; how many there are and what they hold, the planner learns here.</summary>
    internal void Analyze() => _db.Execute($"analyze {string.Join(", ", MoveTable.Names)}");

    internal MoveRows Rows(MoveTable table, Action seen) => new(_db.Statement(table.Select), table, seen);

    /// <summary>From here on it is a server's database.</summary>
    /// <param name="lastIds">The last id of each table that gives some.</param>
    internal void End(IReadOnlyList<(string Table, long Last)> lastIds) => InTransaction(() =>
    {
        foreach (var (table, last) in lastIds)
            _db.Statement("select setval(pg_get_serial_sequence(?, 'id'), ?)").Bind(1, table).Bind(2, last).Run();
        _move.End();
        return true;
    });

    public void Dispose()
    {
        _db.Dispose();
        _servers.Dispose();
    }

    private void CheckIsFree(string instance)
    {
        if (IsBegun || !PostgresMigrations.AreThere(_db) || !Database.Finds(_db.Statement("select 1 from users union all select 1 from rooms union all select 1 from events limit 1")))
            return;
        throw new StoreFailedException(Database.Finds(_db.Statement("select 1 from settings where key = 'instance' and value = ?").Bind(1, instance))
            ? "This data is in the database already: its move was finished. Start the server with --postgres."
            : "The database holds a server's data already, and was left alone. Make an empty one: createdb minato");
    }

    private void TakeAlone()
    {
        try
        {
            _db.Execute($"set lock_timeout = '{LockTimeout}'; {PostgresWriter.BeAlone}; set lock_timeout = 0");
        }
        catch (PostgresError e) when (e.Trouble == SqlTrouble.Collision)
        {
            throw new StoreInUseException("A server uses this database, or another move.");
        }
    }

    private static int Import(NpgsqlConnection connection, MoveRows rows, int most)
    {
        using var import = connection.BeginBinaryImport($"copy {rows.Table.WithColumns} from stdin (format binary)");
        var count = 0;
        for (; count < most && rows.Step(); count++)
        {
            import.StartRow();
            for (var i = 0; i < rows.Table.Columns.Count; i++)
                Write(import, rows, i);
        }
        import.Complete();
        return count;
    }

    private static void Write(NpgsqlBinaryImporter import, MoveRows rows, int column)
    {
        if (rows.IsNull(column))
            import.WriteNull();
        else
            switch (rows.Table.Columns[column].Type)
            {
                case MoveType.Integer:
                    import.Write(rows.Int64(column), NpgsqlDbType.Bigint);
                    break;
                case MoveType.Uid:
                    import.Write(rows.Uid(column), NpgsqlDbType.Uuid);
                    break;
                case MoveType.Text:
                    import.Write(rows.Bytes(column).ToArray(), NpgsqlDbType.Text);
                    break;
                default:
                    import.Write(rows.Bytes(column).ToArray(), NpgsqlDbType.Bytea);
                    break;
            }
    }

    /// <summary>Nothing rolls back: whoever fails here closes the connection.</summary>
    private T InTransaction<T>(Func<T> work)
    {
        _db.Execute("begin");
        var result = work();
        _db.Execute("commit");
        return result;
    }
}
