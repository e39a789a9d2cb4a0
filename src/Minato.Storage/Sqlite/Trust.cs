using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite;

/// <summary>
/// Whether the file can still be trusted. After one failure it never is again: Linux reports a failed fsync once, and the next one
/// succeeds although pages were lost. Then nothing is written any more, not even the log back at closing.
/// </summary>
internal sealed class Trust(SqliteDatabase writer)
{
    private StoreFailedException? _lost;

    /// <exception cref="StoreFailedException">It failed now, or it failed once.</exception>
    internal T While<T>(Func<T> act)
    {
        if (_lost is not null)
            throw new StoreFailedException(_lost.Message, _lost);
        try
        {
            return act();
        }
        catch (StoreFailedException e)
        {
            _lost = e;
            writer.CheckpointOnClose(false);
            throw;
        }
    }
}
