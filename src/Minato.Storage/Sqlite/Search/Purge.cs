using Minato.Storage.Sql;
using Minato.Storage.Sqlite.Native;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Search;

/// <summary>
/// What FTS5 forgets it only marks as forgotten, until the segment that has it is merged with the one that says so. This merges all of
/// them, in small steps, about a day after a message went: then its words are nowhere in the file.
/// </summary>
internal sealed class Purge(SqliteDatabase db, TimeProvider clock)
{
    private static readonly TimeSpan After = TimeSpan.FromDays(1);

    /// <summary>Pages written in one step: 2 MiB, some ten milliseconds.</summary>
    private const int PagesPerStep = 512;

    /// <summary>What went until then is purged by the merge under way; 0 while there is none.</summary>
    private long _until;

    /// <summary>A message went. Called within its transaction.</summary>
    internal void Note() =>
        db.Statement("insert into purge (since) select ?1 where not exists (select 1 from purge where since > ?2)").Bind(1, Now).Bind(2, _until).Run();

    /// <summary>Merges some more where it is due; false: there is nothing to do.</summary>
    internal bool Step()
    {
        if (_until == 0 && !IsDue())
            return false;
        var pages = _until == 0 ? -PagesPerStep : PagesPerStep;
        _until = _until == 0 ? Now : _until;
        var before = Changes;
        // A negative number begins with all there is; what a step did shows in the changes (https://sqlite.org/fts5.html#the_merge_command).
        db.Statement("insert into words (words, rank) values ('merge', ?1)").Bind(1, pages).Run();
        if (unchecked(Changes - before) >= 2)
            return true;
        db.Statement("delete from purge where since < ?1").Bind(1, _until).Run();
        _until = 0;
        db.Execute("pragma wal_checkpoint(truncate)");
        return false;
    }

    private bool IsDue() => Database.Finds(db.Statement("select 1 from purge where since <= ?1").Bind(1, Now - (long)After.TotalMilliseconds));

    /// <summary>Rows changed by this connection; wraps after 2³¹.</summary>
    private int Changes => raw.sqlite3_total_changes(db.Handle);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
