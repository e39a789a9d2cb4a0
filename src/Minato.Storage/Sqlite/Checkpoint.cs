using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Writing;

namespace Minato.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log back into the database between commits, so that no commit pays for it and no error of it is swallowed.
/// The log holds pages as they were before something was erased, so after that it is also cut off.
/// </summary>
internal sealed class Checkpoint(SqliteDatabase writer, TimeProvider clock)
{
    /// <summary>
    /// Pages of 4 KiB, thus 16 MiB of log. SQLite's own default is a quarter of it, which a hundred busy rooms fill in two commits: the same pages were written
    /// back again and again. More than 4,062 would make readers look in a second table of the log's index for each page.
    /// </summary>
    private const int DueAfter = 4_000;

    /// <summary>Between something being erased and the log being cut off: one cut for all that is erased meanwhile.</summary>
    internal static readonly TimeSpan TraceRemains = TimeSpan.FromMinutes(1);

    /// <summary>Between two tries while somebody reads from the log.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Pace _pace = new(clock);
    private int _at = writer.PagesWritten;
    private bool _hasTraces;

    /// <summary>How long until the log is cut off; the longest there is where nothing was erased.</summary>
    internal TimeSpan Next => _hasTraces ? _pace.Left : TimeSpan.MaxValue;

    /// <summary>Something was erased: what the log still says of it goes soon.</summary>
    internal void LeaveNoTrace()
    {
        if (_hasTraces)
            return;
        _hasTraces = true;
        _pace.Wait(TraceRemains);
    }

    /// <exception cref="StoreFailedException">It could not be written back.</exception>
    internal void RunIfDue()
    {
        if (_hasTraces && _pace.IsDue)
            CutOff();
        // As SQLite's counter wraps, so does the difference: it stays right.
        else if (unchecked(writer.PagesWritten - _at) >= DueAfter)
            Run(static w => w.Execute("pragma wal_checkpoint(passive)"));
    }

    private void CutOff()
    {
        _pace.Wait(Again);
        Run(w => _hasTraces = !w.TryTruncateLog());
    }

    private void Run(Action<SqliteDatabase> checkpoint)
    {
        _at = writer.PagesWritten;
        try
        {
            checkpoint(writer);
        }
        catch (SqliteException e) when (e.IsFull)
        {
            // The log is whole and goes on growing; the next checkpoint tries again.
        }
        catch (SqliteException e)
        {
            throw new StoreFailedException($"The database could not be written back ({e.Message}).", e);
        }
    }
}
