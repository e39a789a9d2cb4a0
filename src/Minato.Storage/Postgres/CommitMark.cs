using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;

namespace Minato.Storage.Postgres;

/// <summary>
/// Says whether a commit was done although its answer was lost: each transaction writes its number into a row of this writer's
/// own, so that the row tells. A transaction that is still under way holds the row's lock, and is waited for.
/// </summary>
internal sealed class CommitMark(PostgresServers servers, TimeProvider clock)
{
    /// <summary>Between two tries to reach the server again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private long _batch;

    /// <summary>Who this writer is among those of the database.</summary>
    internal Guid Writer { get; } = Guid.CreateVersion7();

    /// <summary>Ends the waiting for a server that does not come back.</summary>
    internal CancellationToken Stopping { get; set; }

    /// <summary>Said again on each connection: a standby that took over may not have heard of it.</summary>
    internal void Enter(PostgresDatabase db) =>
        db.Statement("insert into writers (id, batch, started_at) values (?, 0, ?) on conflict (id) do nothing")
            .Bind(1, Writer).Bind(2, clock.GetUtcNow().ToUnixTimeMilliseconds()).Run();

    /// <summary>A server that stops has nothing left to ask; one that was killed leaves its row, of a few bytes, to whoever looks at <c>started_at</c>.</summary>
    internal void Leave(PostgresDatabase db) => db.Statement("delete from writers where id = ?").Bind(1, Writer).Run();

    internal void Set(PostgresDatabase db) =>
        db.Deferred("update writers set batch = ? where id = ?").Bind(1, ++_batch).Bind(2, Writer).Run();

    /// <summary>
    /// Whether the newest batch is in the database, and where there is a synchronous standby, there as well: the row's lock is a transaction that waits for it.
    /// Waits for a server that restarts, and for a standby that takes over.
    /// </summary>
    /// <exception cref="StoreFailedException">The server did not come back before the end: nobody knows.</exception>
    internal bool IsThere()
    {
        while (true)
            try
            {
                using var db = PostgresDatabase.Open(servers, isElsewhereFirst: true);
                var row = db.Statement("select batch from writers where id = ? for update").Bind(1, Writer);
                var isThere = row.Step() && row.Int64(0) == _batch;
                // To the end of the answer, which comes when the lock's transaction has ended.
                row.Reset();
                if (!db.HasGivenUpStandby)
                    return isThere;
                Wait("its standby does not answer", e: null);
            }
            catch (PostgresError e)
            {
                Wait(e.Message, e);
            }
    }

    private void Wait(string why, PostgresError? e)
    {
        if (Stopping.WaitHandle.WaitOne(Pause))
            throw new StoreFailedException($"The database went away in the middle of a commit ({why}): whether it was done is not known.", e);
    }
}
