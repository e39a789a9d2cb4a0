using System.Collections.Concurrent;
using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite;

/// <summary>A few connections that only read. A read runs on the caller's thread: most take well under a millisecond.</summary>
internal sealed class ReaderPool(string file) : IAsyncDisposable
{
    /// <summary>Reads at once; more would only wait for the same cores.</summary>
    private static readonly int Size = Math.Clamp(Environment.ProcessorCount, 2, 16);

    private readonly SemaphoreSlim _free = new(Size);
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private volatile bool _closed;

    /// <summary>For tests.</summary>
    internal IReadOnlyCollection<SqliteDatabase> Idle => _idle;

    /// <exception cref="StoreFailedException">The file could not be read.</exception>
    internal async ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<SqliteDatabase, TArgument, TResult> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return Read(argument, read);
        }
        catch (SqliteException e)
        {
            throw new StoreFailedException($"{file} could not be read ({e.Message}).", e);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way: their connections must be closed before the writer's.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        for (var i = 0; i < Size; i++)
            await _free.WaitAsync();
        _closed = true;
        while (_idle.TryTake(out var db))
            db.Dispose();
        _free.Release(Size);
    }

    private TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteDatabase, TArgument, TResult> read)
    {
        var db = _idle.TryTake(out var idle) ? idle : Open();
        try
        {
            var result = read(db, argument);
            _idle.Add(db);
            return result;
        }
        catch
        {
            // A cursor left open would hold its snapshot, and the log could never be written back.
            db.Dispose();
            throw;
        }
    }

    private SqliteDatabase Open()
    {
        var db = SqliteDatabase.Open(file, create: false);
        db.Execute("pragma query_only = on; pragma wal_autocheckpoint = 0;");
        return db;
    }
}
