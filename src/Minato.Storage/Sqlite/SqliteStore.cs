using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Storage.Sql;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;
using Minato.Storage.Writing;
using SQLitePCL;

namespace Minato.Storage.Sqlite;

/// <summary>
/// The store on one SQLite file in WAL mode. One connection writes, checkpoints, migrates and backs up (SQLite before 3.51.3 can
/// lose a commit when one connection checkpoints while another writes); readers beside it see what is committed.
/// </summary>
public sealed class SqliteStore : SqlStore
{
    /// <summary>The most that the writer keeps of the database in memory; it takes what it uses.</summary>
    private const int CacheKibibytes = 16 * 1024;

    private readonly SqliteDatabase _writer;
    private readonly BatchWriter _batches;
    private readonly Checkpoint _checkpoint;
    private readonly Housekeeping _housekeeping;
    private readonly Trust _trust;
    private readonly ReaderPool _readers;

    private SqliteStore(SqliteDatabase writer, string file, TimeProvider clock)
        : base(clock)
    {
        _writer = writer;
        _batches = new BatchWriter(writer, clock);
        _checkpoint = new Checkpoint(writer, clock);
        _housekeeping = new Housekeeping(writer, _batches, clock);
        _trust = new Trust(writer);
        _readers = new ReaderPool(file);
        Vouchers = new MemoryVouchers(clock);
    }

    /// <summary>Opens or creates the database and brings it to this version's schema.</summary>
    /// <param name="file">The database; its <c>-wal</c> and <c>-shm</c> files stand beside it.</param>
    /// <param name="durable">False: no fsync, for a server that keeps nothing.</param>
    /// <exception cref="StoreFailedException">Not a database, of a newer version, another program's, read-only, unreadable, or not there though its log is.</exception>
    /// <exception cref="StoreFullException">There is no space to make it in.</exception>
    public static SqliteStore Open(string file, bool durable, TimeProvider clock) => Open(file, durable, clock, Migrations.OfThisVersion);

    internal static SqliteStore Open(string file, bool durable, TimeProvider clock, Migrations migrations)
    {
        var writer = OpenWriter(file, durable, migrations);
        try
        {
            var store = new SqliteStore(writer, file, clock);
            store._batches.Prepare();
            return store;
        }
        catch (Exception e)
        {
            writer.Dispose();
            if (e is SqliteException)
                throw Explain(file, e);
            throw;
        }
    }

    /// <summary>Whether this version can use a database, which a server may have open, in this process or another. Writes nothing.</summary>
    /// <exception cref="StoreFailedException">Of a newer version, or as for <see cref="Open(string, bool, TimeProvider)"/>.</exception>
    public static void Check(string file) => Check(file, Migrations.OfThisVersion);

    internal static void Check(string file, Migrations migrations)
    {
        try
        {
            // By SQLite alone: whoever opens the file itself and closes it again ends all locks that this process has on it.
            using var db = SqliteDatabase.Open(file, create: false);
            migrations.Check(db, file);
        }
        catch (SqliteException e)
        {
            throw Explain(file, e);
        }
    }

    /// <summary>Brings a database to this version's schema and does nothing else. Whoever has it open may read, and writes nothing meanwhile.</summary>
    /// <exception cref="StoreFailedException">As for <see cref="Open(string, bool, TimeProvider)"/>.</exception>
    public static void Migrate(string file) => Migrate(file, Migrations.OfThisVersion);

    internal static void Migrate(string file, Migrations migrations) => OpenWriter(file, durable: true, migrations).Dispose();

    private static SqliteDatabase OpenWriter(string file, bool durable, Migrations migrations)
    {
        SqliteDatabase? writer = null;
        try
        {
            SqliteFile.CheckWhole(file);
            FileHeader.Check(file);
            SqliteFile.Make(file);
            writer = SqliteDatabase.Open(file, create: true);
            // Until it is known to be ours, not even its log is written back.
            writer.CheckpointOnClose(false);
            migrations.Check(writer, file);
            writer.CheckpointOnClose(true);
            SetUp(writer, file, durable);
            migrations.Apply(writer, file);
            return writer;
        }
        catch (Exception e)
        {
            writer?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
                throw Explain(file, e);
            throw;
        }
    }

    /// <summary>For tests: what the connection was really told.</summary>
    internal SqliteDatabase Writer => _writer;

    public override int DistantReaders => 0;

    public override IVoucherBook Vouchers { get; }

    public override ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel) =>
        new(_trust.While(() =>
        {
            var outcomes = _batches.Commit(batch);
            _housekeeping.Notice(outcomes);
            return outcomes;
        }));

    public override ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => new(_trust.While(() =>
    {
        _checkpoint.RunIfDue();
        var upkeep = _housekeeping.Run();
        if (_housekeeping.TakeErased())
            _checkpoint.LeaveNoTrace();
        return upkeep with { Next = _checkpoint.Next < upkeep.Next ? _checkpoint.Next : upkeep.Next };
    }));

    public override IBackup StartBackup(string file) => _trust.While(() => new SqliteBackup(_writer, file));

    private protected override ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<Database, TArgument, TResult> read, CancellationToken cancel) => _readers.ReadAsync(argument, read, cancel);

    /// <summary>For tests: the writer's, and those of readers that are idle.</summary>
    internal IEnumerable<SqliteDatabase> Connections => [_writer, .. _readers.Idle];

    /// <summary>Readers first: the last connection to close writes the log back into the database, and that is the writer's to do.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        _writer.Dispose();
    }

    private static void SetUp(SqliteDatabase writer, string file, bool durable)
    {
        // SQLite opens what it may not write for reading, and says so only at the first commit.
        if (raw.sqlite3_db_readonly(writer.Handle, "main") == 1)
            throw CannotBeWritten(file);
        if (writer.Text("pragma journal_mode = wal") != "wal")
            throw new StoreFailedException($"{file} stands on a file system that cannot share memory between connections. Choose another folder with --data.");
        // secure_delete: an erased body is overwritten, not only unlinked. cache_size: KiB, so that the newest pages of a thousand busy rooms stay in memory;
        // with SQLite's own 2 MiB those of a hundred are read from the log again at each commit.
        writer.Execute($"""
            pragma synchronous = {(durable ? "full" : "off")};
            pragma wal_autocheckpoint = 0;
            pragma secure_delete = on;
            pragma cache_size = -{CacheKibibytes};
            """);
    }

    private static StoreFailedException CannotBeWritten(string file, Exception? e = null) =>
        new($"{file} cannot be written. Check the folder's owner and rights, or choose another with --data.", e);

    private static StoreFailedException Explain(string file, Exception e) => e switch
    {
        SqliteException { IsNotADatabase: true } => FileHeader.Damaged(file, e),
        UnauthorizedAccessException or SqliteException { Code: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } => CannotBeWritten(file, e),
        SqliteException { IsFull: true } => new($"There is no space left for {file}. Free some, or choose another folder with --data.", e),
        _ => new($"{file} could not be opened ({e.Message}).", e),
    };
}
