using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite;

/// <summary>Copies the write-ahead log back into the database between commits, so that no commit pays for it and no error of it is swallowed.</summary>
internal sealed class Checkpoint(SqliteDatabase writer)
{
    /// <summary>Changed rows; about 4 MiB of log for short messages, SQLite's own default size.</summary>
    private const int DueAfter = 8_000;

    private int _at = writer.TotalChanges;

    internal void RunIfDue()
    {
        // As SQLite's counter wraps, so does the difference: it stays right.
        if (unchecked(writer.TotalChanges - _at) < DueAfter)
            return;
        _at = writer.TotalChanges;
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
