using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Search;

/// <summary>
/// The index in a file of its own beside the log, opened by whoever first changes it. It may be deleted while no server has it, and
/// one that is damaged or of another version is deleted here: the log has everything.
/// </summary>
/// <param name="durable">False: no fsync, for a server that keeps nothing.</param>
public sealed class SqliteSearchIndex(string file, bool durable, TimeProvider clock) : ISearchIndex
{
    private volatile Opened? _opened;

    public ValueTask<IReadOnlyDictionary<RoomId, LogMark>> ReadMarksAsync(CancellationToken cancel) => new(Do(opened => opened.Writer.Marks()));

    public ValueTask ApplyAsync(IReadOnlyList<RoomChanges> changes, CancellationToken cancel)
    {
        Do(opened => opened.Writer.Apply(changes));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> MaintainAsync(CancellationToken cancel) => new(Do(opened => opened.Writer.ForgetTrimmed() || opened.Purge.Step()));

    public async ValueTask<IReadOnlyList<Candidate>> FindAsync(CandidateRequest request, CancellationToken cancel)
    {
        // Not open yet, or being built anew: nothing is found, and whoever builds it says that this is not all.
        if (_opened is not { } opened)
            return [];
        try
        {
            return await opened.Readers.ReadAsync(request, CandidateReader.Find, cancel);
        }
        catch (ObjectDisposedException)
        {
            return [];
        }
        catch (StoreFailedException e)
        {
            throw Unusable(e.InnerException ?? e);
        }
    }

    public async ValueTask ClearAsync(CancellationToken cancel)
    {
        await DisposeAsync();
        try
        {
            SqliteFile.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchIndexException($"{file} cannot be removed ({e.Message}).", e);
        }
    }

    /// <summary>Readers first: the last connection to close writes the write-ahead log back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_opened is not { } opened)
            return;
        _opened = null;
        await opened.Readers.DisposeAsync();
        opened.Db.Dispose();
    }

    private T Do<T>(Func<Opened, T> act)
    {
        try
        {
            return act(_opened ??= Open());
        }
        catch (SqliteException e) when (e.IsFull)
        {
            throw new StoreFullException($"There is no space left for {file}.", e);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or StoreFailedException)
        {
            throw Unusable(e);
        }
    }

    private SearchIndexException Unusable(Exception e) => new($"{file} cannot be used ({e.Message}).", e)
    {
        IsDamaged = e is SqliteException { IsNotADatabase: true } or SqliteException { ExtendedCode: raw.SQLITE_IOERR_SHORT_READ },
    };

    private Opened Open()
    {
        SqliteFile.CreatePrivate(file);
        if (TryOpen() is not { } db)
        {
            SqliteFile.Delete(file);
            SqliteFile.CreatePrivate(file);
            db = TryOpen() ?? throw new IOException("It is damaged as soon as it is made.");
        }
        var purge = new Purge(db, clock);
        return new Opened(db, new IndexWriter(db, purge), purge, new ReaderPool(file));
    }

    /// <summary>Null: it is damaged or of another version.</summary>
    private SqliteDatabase? TryOpen()
    {
        var db = SqliteDatabase.Open(file, create: true);
        try
        {
            // What is written is derived: after a power cut it may be older, never inconsistent.
            db.Execute($"""
                pragma journal_mode = wal;
                pragma synchronous = {(durable ? "normal" : "off")};
                pragma secure_delete = on;
                """);
            if (IndexSchema.IsReady(db))
                return db;
        }
        catch (SqliteException e) when (e.IsNotADatabase)
        {
            // As for another version.
        }
        catch
        {
            db.Dispose();
            throw;
        }
        db.Dispose();
        return null;
    }

    private sealed record Opened(SqliteDatabase Db, IndexWriter Writer, Purge Purge, ReaderPool Readers);
}
