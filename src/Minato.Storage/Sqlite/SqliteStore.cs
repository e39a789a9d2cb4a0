using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Reading;
using Minato.Storage.Sqlite.Schema;
using Minato.Storage.Sqlite.Writing;

namespace Minato.Storage.Sqlite;

/// <summary>
/// The store on one SQLite file in WAL mode. One connection writes, checkpoints, migrates and backs up (SQLite before 3.51.3 can
/// lose a commit when one connection checkpoints while another writes); readers beside it see what is committed.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly Database _writer;
    private readonly BatchWriter _batches;
    private readonly Checkpoint _checkpoint;
    private readonly ReaderPool _readers;

    private SqliteStore(Database writer, string file, TimeProvider clock)
    {
        _writer = writer;
        _batches = new BatchWriter(writer, clock);
        _checkpoint = new Checkpoint(writer);
        _readers = new ReaderPool(file);
    }

    /// <summary>Opens or creates the database and brings it to this version's schema.</summary>
    /// <param name="file">The database; its <c>-wal</c> and <c>-shm</c> files stand beside it.</param>
    /// <param name="durable">False: no fsync, for a server that keeps nothing.</param>
    /// <exception cref="StoreFailedException">Not a database, of a newer version, another program's, read-only, or unreadable.</exception>
    public static SqliteStore Open(string file, bool durable, TimeProvider clock)
    {
        Database? writer = null;
        try
        {
            CreatePrivate(file);
            writer = Database.Open(file, create: true);
            // secure_delete: an erased body is overwritten, not only unlinked.
            writer.Execute($"""
                pragma journal_mode = wal;
                pragma synchronous = {(durable ? "full" : "off")};
                pragma wal_autocheckpoint = 0;
                pragma secure_delete = on;
                """);
            Migrations.Apply(writer, file);
            var store = new SqliteStore(writer, file, clock);
            store._batches.EnsureLobby();
            return store;
        }
        catch (SqliteException e)
        {
            writer?.Dispose();
            throw Explain(file, e);
        }
        catch
        {
            writer?.Dispose();
            throw;
        }
    }

    public ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel) => new(_batches.Commit(batch));

    public ValueTask MaintainAsync(CancellationToken cancel)
    {
        _checkpoint.RunIfDue();
        return ValueTask.CompletedTask;
    }

    public IBackup StartBackup(string file) => new SqliteBackup(_writer, file);

    public ValueTask<User?> FindSessionAsync(byte[] sessionHash, CancellationToken cancel) =>
        _readers.ReadAsync(sessionHash, UserReader.BySession, cancel);

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => _readers.ReadAsync(uid, UserReader.ByUid, cancel);

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => _readers.ReadAsync(nick, UserReader.ByNick, cancel);

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => _readers.ReadAsync(uid, RoomReader.ByUid, cancel);

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => _readers.ReadAsync(slug, RoomReader.BySlug, cancel);

    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => _readers.ReadAsync(room, RoomReader.Head, cancel);

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        _readers.ReadAsync((room, user), RoomReader.Standing, cancel);

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) =>
        _readers.ReadAsync(user, RoomListReader.Mine, cancel);

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        _readers.ReadAsync((user, limit), RoomListReader.Public, cancel);

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        _readers.ReadAsync((room, user, after, upTo), EventReader.Between, cancel);

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        _readers.ReadAsync((room, user, page), HistoryReader.Page, cancel);

    /// <summary>Readers first: the last connection to close writes the log back into the database, and that is the writer's to do.</summary>
    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Readable by its owner only, whatever the folder allows; SQLite gives the files beside it the same rights.</summary>
    private static void CreatePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file) || Directory.Exists(file))
            return;
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(file, options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite meets the same obstacle next, and says more about it.
        }
    }

    private static StoreFailedException Explain(string file, SqliteException e) => new(e switch
    {
        { IsNotADatabase: true } => $"{file} is damaged or not a database, and was left alone. Restore a backup, or choose another folder with --data.",
        { Code: SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM } =>
            $"{file} cannot be written. Check the folder's owner and rights, or choose another with --data.",
        { IsFull: true } => $"There is no space left for {file}. Free some, or choose another folder with --data.",
        _ => $"{file} could not be opened ({e.Message}).",
    }, e);
}
