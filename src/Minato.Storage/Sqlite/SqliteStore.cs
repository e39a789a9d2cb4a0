using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;
using Minato.Storage.Writing;
using SQLitePCL;

namespace Minato.Storage.Sqlite;

/// <summary>
/// The store on one SQLite file in WAL mode. One connection writes, checkpoints, migrates and backs up (SQLite before 3.51.3 can
/// lose a commit when one connection checkpoints while another writes); readers beside it see what is committed.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly SqliteDatabase _writer;
    private readonly BatchWriter _batches;
    private readonly Checkpoint _checkpoint;
    private readonly OldClientIds _oldClientIds;
    private readonly Trust _trust;
    private readonly ReaderPool _readers;
    private readonly TimeProvider _clock;

    private SqliteStore(SqliteDatabase writer, string file, TimeProvider clock)
    {
        _writer = writer;
        _clock = clock;
        _batches = new BatchWriter(writer, clock);
        _checkpoint = new Checkpoint(writer);
        _oldClientIds = new OldClientIds(writer, clock);
        _trust = new Trust(writer);
        _readers = new ReaderPool(file);
    }

    /// <summary>Opens or creates the database and brings it to this version's schema.</summary>
    /// <param name="file">The database; its <c>-wal</c> and <c>-shm</c> files stand beside it.</param>
    /// <param name="durable">False: no fsync, for a server that keeps nothing.</param>
    /// <exception cref="StoreFailedException">Not a database, of a newer version, another program's, read-only, or unreadable.</exception>
    /// <exception cref="StoreFullException">There is no space to make it in.</exception>
    public static SqliteStore Open(string file, bool durable, TimeProvider clock) => Open(file, durable, clock, Migrations.OfThisVersion);

    internal static SqliteStore Open(string file, bool durable, TimeProvider clock, Migrations migrations)
    {
        SqliteDatabase? writer = null;
        try
        {
            FileHeader.Check(file);
            SqliteFile.CreatePrivate(file);
            writer = SqliteDatabase.Open(file, create: true);
            // Until it is known to be ours, not even its log is written back.
            writer.CheckpointOnClose(false);
            migrations.Check(writer, file);
            writer.CheckpointOnClose(true);
            SetUp(writer, file, durable);
            migrations.Apply(writer, file);
            var store = new SqliteStore(writer, file, clock);
            store._batches.Prepare();
            return store;
        }
        catch (Exception e)
        {
            writer?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
                throw Explain(file, e);
            throw;
        }
    }

    /// <summary>For tests: what the connection was really told.</summary>
    internal SqliteDatabase Writer => _writer;

    public ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel) =>
        new(_trust.While(() => _batches.Commit(batch)));

    public ValueTask MaintainAsync(CancellationToken cancel)
    {
        _trust.While(() =>
        {
            _checkpoint.RunIfDue();
            _oldClientIds.ForgetSomeIfDue();
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public IBackup StartBackup(string file) => _trust.While(() => new SqliteBackup(_writer, file));

    public ValueTask<User?> FindSessionAsync(byte[] sessionHash, CancellationToken cancel) =>
        _readers.ReadAsync(sessionHash, UserReader.BySession, cancel);

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => _readers.ReadAsync(uid, UserReader.ByUid, cancel);

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => _readers.ReadAsync(nick, UserReader.ByNick, cancel);

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => _readers.ReadAsync(uid, RoomReader.ByUid, cancel);

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => _readers.ReadAsync(slug, RoomReader.BySlug, cancel);

    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => _readers.ReadAsync(room, RoomReader.Head, cancel);

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        _readers.ReadAsync((room, user, Now), StandingReader.Read, cancel);

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) =>
        _readers.ReadAsync((user, Now), RoomListReader.Mine, cancel);

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        _readers.ReadAsync((user, limit), RoomListReader.Public, cancel);

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        _readers.ReadAsync((room, user, after, upTo, Now), EventReader.Between, cancel);

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        _readers.ReadAsync((room, user), EventReader.FirstOfSpan, cancel);

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        _readers.ReadAsync(new HistoryReader.Request(room, user, page, Thread: null, Now), HistoryReader.Page, cancel);

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        _readers.ReadAsync(new HistoryReader.Request(room, user, page, root, Now), HistoryReader.Page, cancel);

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) =>
        _readers.ReadAsync((user, limit, Now), MentionReader.Newest, cancel);

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        _readers.ReadAsync((room, user, limit), ReadPositionReader.OfMembers, cancel);

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        _readers.ReadAsync((after, limit), ChangeReader.Heads, cancel);

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) =>
        _readers.ReadAsync((room, after, events), ChangeReader.Next, cancel);

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, CancellationToken cancel) =>
        _readers.ReadAsync((user, candidates, Now), FoundReader.Visible, cancel);

    /// <summary>Readers first: the last connection to close writes the log back into the database, and that is the writer's to do.</summary>
    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        _writer.Dispose();
    }

    /// <summary>Bans and mutes run out by it.</summary>
    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static void SetUp(SqliteDatabase writer, string file, bool durable)
    {
        // SQLite opens what it may not write for reading, and says so only at the first commit.
        if (raw.sqlite3_db_readonly(writer.Handle, "main") == 1)
            throw CannotBeWritten(file);
        if (writer.Text("pragma journal_mode = wal") != "wal")
            throw new StoreFailedException($"{file} stands on a file system that cannot share memory between connections. Choose another folder with --data.");
        // secure_delete: an erased body is overwritten, not only unlinked.
        writer.Execute($"""
            pragma synchronous = {(durable ? "full" : "off")};
            pragma wal_autocheckpoint = 0;
            pragma secure_delete = on;
            """);
    }

    private static StoreFailedException CannotBeWritten(string file, Exception? e = null) =>
        new($"{file} cannot be written. Check the folder's owner and rights, or choose another with --data.", e);

    private static StoreFailedException Explain(string file, Exception e) => e switch
    {
        SqliteException { IsNotADatabase: true } => FileHeader.Damaged(file, e),
        UnauthorizedAccessException or SqliteException { Code: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } => CannotBeWritten(file, e),
        SqliteException { IsFull: true } => new($"There is no space left for {file}. Free some, or choose another folder with --data.", e),
        _ => new($"{file} could not be opened ({e.Message}).", e),
    };
}
