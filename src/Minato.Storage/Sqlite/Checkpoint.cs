using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite;

/// <summary>Copies the write-ahead log back into the database between commits, so that no commit pays for it and no error of it is swallowed.</summary>
internal sealed class Checkpoint(SqliteDatabase writer)
{
    /// <summary>Pages of 4 KiB, thus 4 MiB of log: SQLite's own default.</summary>
    private const int DueAfter = 1_000;

    private int _at = writer.PagesWritten;

    internal void RunIfDue()
    {
        // As SQLite's counter wraps, so does the difference: it stays right.
        if (unchecked(writer.PagesWritten - _at) < DueAfter)
            return;
        _at = writer.PagesWritten;
        try
        {
            writer.Execute("pragma wal_checkpoint(passive)");
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
