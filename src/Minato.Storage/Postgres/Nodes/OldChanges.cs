using Minato.Storage.Postgres.Native;
using Minato.Storage.Writing;

namespace Minato.Storage.Postgres.Nodes;

/// <summary>Removes changes that every server has had time to read, by the database's clock: those of servers may differ.</summary>
internal sealed class OldChanges(PostgresDatabase db, TimeProvider clock)
{
    /// <summary>Rows removed in one slice: a few milliseconds.</summary>
    internal const int SliceRows = 2_000;

    /// <summary>Between two slices.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks that find less than a slice.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Pace _pace = new(clock);

    internal void ForgetSomeIfDue()
    {
        if (!_pace.IsDue || db.IsBroken)
            return;
        // First of all: if it fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        try
        {
            db.Statement($"""
                delete from changes where id in
                  (select id from changes where at < now() - interval '{(long)Changes.KeptFor.TotalSeconds} seconds' order by at limit ?)
                """).Bind(1, SliceRows).Run();
            if (db.Changes == SliceRows)
                _pace.Wait(Pause);
        }
        catch (PostgresError)
        {
            // Next time; of a database that is away, those who commit are told.
        }
    }
}
