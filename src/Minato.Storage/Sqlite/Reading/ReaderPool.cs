using System.Collections.Concurrent;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Reading;

/// <summary>A few connections that only read. A read runs on the caller's thread: most take well under a millisecond.</summary>
internal sealed class ReaderPool(string file) : IDisposable
{
    /// <summary>Reads at once; more would only wait for the same cores.</summary>
    private static readonly int Size = Math.Clamp(Environment.ProcessorCount, 2, 16);

    private readonly SemaphoreSlim _free = new(Size);
    private readonly ConcurrentBag<Database> _idle = [];

    internal async ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<Database, TArgument, TResult> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            var db = _idle.TryTake(out var idle) ? idle : Open();
            try
            {
                return read(db, argument);
            }
            finally
            {
                _idle.Add(db);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var db))
            db.Dispose();
    }

    private Database Open()
    {
        var db = Database.Open(file, create: false);
        db.Execute("pragma query_only = on; pragma wal_autocheckpoint = 0;");
        return db;
    }
}
