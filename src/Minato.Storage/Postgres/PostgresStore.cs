using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Postgres.Nodes;
using Minato.Storage.Postgres.Schema;
using Minato.Storage.Sql;

namespace Minato.Storage.Postgres;

/// <summary>
/// The store on PostgreSQL. Any number of them may write to one database: each batch locks the heads of its rooms, in order, and
/// builds on what the others committed.
/// </summary>
public sealed class PostgresStore : SqlStore
{
    private readonly PostgresServers _servers;
    private readonly PostgresWriter _writer;
    private readonly DatabaseThreads _readers;
    private readonly DatabaseThreads _vouchers;
    private readonly CommitNotice _notice;
    private readonly PostgresFeed _feed;

    private PostgresStore(PostgresServers servers, PostgresWriter writer, TimeProvider clock)
        : base(clock)
    {
        _servers = servers;
        _writer = writer;
        _readers = new DatabaseThreads(servers, "reader", DatabaseThreads.Readers);
        _vouchers = new DatabaseThreads(servers, "vouchers", size: 2) { MayWrite = true };
        _notice = new CommitNotice(servers);
        _feed = new PostgresFeed(servers, _notice, writer.Id, clock);
        Vouchers = new PostgresVouchers(_vouchers);
    }

    /// <summary>Connects, and brings the database to this version's schema.</summary>
    /// <param name="connection">As Npgsql reads it (<c>Host=…;Database=…;Username=…</c>), or a URL (<c>postgres://user@host/database</c>). Several hosts, with commas between them: the primary among them is found, and found again.</param>
    /// <exception cref="StoreFailedException">Nothing is there, it lets nobody in, or what it holds is of a newer version or another program's.</exception>
    public static PostgresStore Open(string connection, TimeProvider clock) => OpenBy(connection, clock, writer => writer.Open());

    /// <summary>The same for who administers what no server has: others wait until it is closed.</summary>
    /// <exception cref="StoreInUseException">A server has it: what ends there must end its connections, too, and only it can do that.</exception>
    /// <exception cref="StoreFailedException">As for <see cref="Open(string, TimeProvider)"/>; or there is nothing of Minato's in it.</exception>
    public static PostgresStore OpenAlone(string connection, TimeProvider clock) => OpenBy(connection, clock, writer => writer.OpenAlone());

    /// <summary>Whether this version can use the database, which other servers may use meanwhile. Writes nothing.</summary>
    /// <exception cref="StoreFailedException">As for <see cref="Open(string, TimeProvider)"/>.</exception>
    public static void Check(string connection)
    {
        try
        {
            using var servers = ConnectionText.Servers(connection);
            using var db = PostgresDatabase.Open(servers);
            PostgresMigrations.Check(db);
        }
        catch (SqlException e)
        {
            throw new StoreFailedException($"PostgreSQL cannot be used: {e.Message}", e);
        }
    }

    private static PostgresStore OpenBy(string connection, TimeProvider clock, Action<PostgresWriter> open)
    {
        PostgresServers? servers = null;
        PostgresWriter? writer = null;
        try
        {
            servers = ConnectionText.Servers(connection);
            writer = new PostgresWriter(servers, clock);
            open(writer);
            return new PostgresStore(servers, writer, clock);
        }
        catch (Exception e)
        {
            writer?.Dispose();
            servers?.Dispose();
            throw e is SqlException ? new StoreFailedException($"PostgreSQL cannot be used: {e.Message}", e) : e;
        }
    }

    public override int DistantReaders => DatabaseThreads.Readers;

    public override ICommitFeed Feed => _feed;

    public override IVoucherBook Vouchers { get; }

    // On the caller's thread, which is the log writer's own: it has nothing else to do until the answer is there.
    public override ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel)
    {
        var outcomes = _writer.Commit(batch, cancel);
        _notice.Add(outcomes, Changes.Are(batch, outcomes));
        return new(outcomes);
    }

    public override ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => new(_writer.Maintain());

    public override IBackup StartBackup(string file) =>
        throw new IOException("A database of PostgreSQL is backed up by its own tools: pg_dump, or a base backup with its log.");

    public override async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _vouchers.DisposeAsync();
        await _feed.DisposeAsync();
        await _notice.DisposeAsync();
        _writer.Dispose();
        await _servers.DisposeAsync();
    }

    private protected override ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<Database, TArgument, TResult> read, CancellationToken cancel) => _readers.RunAsync(argument, read, cancel);
}
