using System.Globalization;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Storage.Moving;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Postgres.Nodes;
using Minato.Storage.Postgres.Schema;
using Minato.Storage.Sql;
using Minato.Storage.Writing;

namespace Minato.Storage.Postgres;

/// <summary>The connection that writes, opened again when it is gone.</summary>
internal sealed class PostgresWriter(PostgresServers servers, TimeProvider clock) : IDisposable
{
    /// <summary>"mnto".</summary>
    private const long OpeningLockId = 0x6D6E746F;

    /// <summary>Held for as long as a connection writes or hears hints, by servers together, by who administers without one alone. It goes with the connection.</summary>
    private const long WritingLockId = 0x6D6E7477;

    /// <summary>Says that a server is there.</summary>
    internal static readonly string BeThere = Lock("select pg_advisory_lock_shared({0})", WritingLockId);

    /// <summary>Waits until no server is there, and keeps others from it.</summary>
    internal static readonly string BeAlone = Lock("select pg_advisory_lock({0})", WritingLockId);

    /// <summary>
    /// Everything that the writer asks goes by a key. To plan it anew each time would cost more than to run it, and a plan made while a
    /// table was small would go on walking through it.
    /// </summary>
    private const string ByKey =
        "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

    /// <summary>
    /// What a transaction has locked, others wait for. A server that freezes or vanishes in the middle of one would keep it for as long as its connection
    /// lasts: two hours, as Linux has it. One that has said nothing for 5 s calls itself cut off by then.
    /// </summary>
    private const string EndIfSilent = "set idle_in_transaction_session_timeout = '5s'";

    private readonly CommitMark _mark = new(servers, clock);
    private PostgresDatabase? _db;
    private BatchWriter? _batches;
    private Housekeeping? _housekeeping;
    private OldChanges? _oldChanges;

    /// <summary>Who this is among the writers of the database.</summary>
    internal Guid Id => _mark.Writer;

    /// <summary>Connects, brings the schema to this version, and makes what every workspace has: one server at a time, of however many start at once.</summary>
    /// <exception cref="SqlException">The server is not there, or does not let us in.</exception>
    /// <exception cref="StoreException">What it holds is of a newer version, another program's, or the beginning of a move.</exception>
    internal void Open()
    {
        var db = PostgresDatabase.Open(servers, _mark);
        Take(db);
        // While a move is at work it has the lock: whoever waited for that would not say why.
        new UnfinishedMove(db).Refuse();
        db.Execute(BeThere);
        Prepare();
    }

    /// <summary>The same where no server has it, and has it alone.</summary>
    /// <exception cref="StoreException">As for <see cref="Open"/>; a server has it, or it holds nothing.</exception>
    internal void OpenAlone()
    {
        var db = PostgresDatabase.Open(servers, _mark);
        Take(db);
        new UnfinishedMove(db).Refuse();
        if (!TryHaveAlone(db))
            throw new StoreInUseException("A server uses this database.");
        if (!PostgresMigrations.AreThere(db))
            throw new StoreFailedException("There is no Minato data in this database.");
        Prepare();
    }

    /// <param name="cancel">Ends the waiting for a server that went away in the middle of a commit, and nothing else.</param>
    /// <exception cref="StoreException">See <see cref="IStore.CommitAsync"/>.</exception>
    internal IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch, CancellationToken cancel)
    {
        _mark.Stopping = cancel;
        // A connection that slept may have died meanwhile, which shows at its first use, with nothing done.
        for (var isFresh = _db is null; ; isFresh = true)
            try
            {
                Reconnect();
                var outcomes = _batches!.Commit(batch);
                _housekeeping!.Notice(outcomes);
                return outcomes;
            }
            catch (StoreAwayException) when (!isFresh)
            {
                // Once more, on a new one.
            }
            catch (PostgresError e)
            {
                throw e.Trouble != SqlTrouble.Broken
                    ? new StoreAwayException($"The database cannot be reached ({e.Message}).", e)
                    : new StoreFailedException($"The database cannot be used ({e.Message}).", e);
            }
            finally
            {
                if (_db is { IsBroken: true })
                    Close();
            }
    }

    /// <summary>Where the connection is gone, the next commit opens another: housekeeping waits for it.</summary>
    internal Upkeep Maintain()
    {
        var upkeep = _housekeeping?.Run() ?? Upkeep.None;
        _oldChanges?.ForgetSomeIfDue();
        if (_db is { IsBroken: true })
            Close();
        return upkeep;
    }

    public void Dispose()
    {
        try
        {
            if (_db is { } db)
                _mark.Leave(db);
        }
        catch (PostgresError)
        {
            // Gone already: the row stays.
        }
        Close();
    }

    private void Prepare()
    {
        _db!.Execute(Lock("select pg_advisory_lock({0})", OpeningLockId));
        new UnfinishedMove(_db).Refuse();
        PostgresMigrations.Apply(_db);
        _mark.Enter(_db);
        var isAlone = TryHaveAlone(_db);
        _batches!.Prepare(isAlone);
        if (isAlone)
            _db.Execute(Lock("select pg_advisory_unlock({0})", WritingLockId));
        _db.Execute(Lock("select pg_advisory_unlock({0})", OpeningLockId));
    }

    /// <summary>Whether no other server writes, nor will for as long as this lock is held; one's own shared lock is none in the way.</summary>
    private static bool TryHaveAlone(PostgresDatabase db) =>
        db.Scalar(Lock("select case when pg_try_advisory_lock({0}) then 1::bigint else 0::bigint end", WritingLockId)) != 0;

    private void Reconnect()
    {
        if (_db is { IsOver: true })
            Close();
        if (_db is not null)
            return;
        try
        {
            Use(PostgresDatabase.Open(servers, _mark));
            _mark.Enter(_db!);
        }
        catch
        {
            // One that is half set up is none.
            Close();
            throw;
        }
    }

    private void Use(PostgresDatabase db)
    {
        Take(db);
        db.Execute(BeThere);
    }

    private void Take(PostgresDatabase db)
    {
        _db = db;
        db.Execute($"{ByKey}; {EndIfSilent}");
        _batches = new BatchWriter(db, clock, new BatchLookUp(db).Load, (batch, outcomes) => Changes.Write(db, _mark.Writer, batch, outcomes));
        _housekeeping = new Housekeeping(db, _batches, clock);
        _oldChanges = new OldChanges(db, clock);
    }

    private static string Lock(string sql, long id) => sql.Replace("{0}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private void Close()
    {
        _db?.Dispose();
        (_db, _batches, _housekeeping, _oldChanges) = (null, null, null, null);
    }
}
