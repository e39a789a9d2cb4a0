using System.Globalization;
using Minato.Core.Accounts;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Reading;
using Npgsql;

namespace Minato.Storage.Postgres.Nodes;

/// <summary>
/// What all who write to the database have committed. Each answer is one journey to the server; the log has a connection of its own, and what
/// changed besides it another.
/// </summary>
/// <param name="notice">What this server itself says is nothing that it has to hear.</param>
/// <param name="writer">Under which this server's changes are written down.</param>
internal sealed class PostgresFeed(PostgresServers servers, CommitNotice notice, Guid writer, TimeProvider clock) : ICommitFeed, IAsyncDisposable
{
    private readonly DatabaseThreads _log = new(servers, "log", size: 1);
    private readonly DatabaseThreads _changes = new(servers, "changes", size: 1);

    private const string Heads = $"select h.room_id, {RoomReader.HeadColumns} from room_heads h where h.room_id = any($1)";

    private const string Marks = "select e.room_id, e.ts, e.post_no from unnest($1, $2) as asked (room_id, seq) join events e using (room_id, seq)";

    private const string Rooms = $"select {RoomReader.Columns} from rooms r where r.id = any($1)";

    private const string UsersOfDirectRooms = $"""
        select distinct {UserReader.Columns}, r.id from rooms r join member_spans s on s.room_id = r.id join users u on u.id = s.user_id
        where r.id = any($1) and r.kind = 2 order by u.id
        """;

    /// <summary>Between two looks at whether a standby took over from the server that is listened to.</summary>
    private static readonly TimeSpan LookUpEvery = TimeSpan.FromSeconds(5);

    /// <summary>
    /// On a connection of its own for as long as it hears, which is none of a pool: one that is lent anew for each transaction would hear nothing.
    /// </summary>
    public async Task ListenAsync(Action<CommitHint> heard, Action<string> whispered, CancellationToken cancel)
    {
        try
        {
            var (connection, timeline) = await servers.OpenAsync(cancel);
            await using var closing = connection;
            connection.Notification += (_, told) =>
            {
                if (told.PID == notice.Backend)
                    return;
                if (told.Channel == CommitNotice.Whispers)
                    whispered(told.Payload);
                else
                    foreach (var hint in Read(told.Payload))
                        heard(hint);
            };
            // It is open sooner again than the one that writes: whoever starts meanwhile does not take itself for the only one.
            foreach (var sql in new[] { PostgresWriter.BeThere, $"listen {CommitNotice.Whispers}", $"listen {CommitNotice.Channel}" })
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancel);
            }
            heard(CommitHint.Look);
            while (!servers.IsOver(timeline))
                await connection.WaitAsync(LookUpEvery, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            throw new StoreAwayException($"The database's hints are not heard ({e.Message}).", e);
        }
    }

    public void Whisper(string text) => notice.Whisper(text);

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken cancel) =>
        _log.RunAsync(rooms, static IReadOnlyList<(RoomId, RoomHead)> (db, asked) => ReadHeads((PostgresDatabase)db, asked), cancel);

    public ValueTask<IReadOnlyList<LogPiece>> ReadLogsAsync(IReadOnlyCollection<(RoomId Room, long After)> of, int limit, CancellationToken cancel) =>
        _log.RunAsync((of, limit), static IReadOnlyList<LogPiece> (db, asked) => ReadLogs((PostgresDatabase)db, asked), cancel);

    public long Timeline => servers.Timeline;

    public ValueTask<IReadOnlyList<(RoomId Room, EventMark Mark)>> ReadMarksAsync(IReadOnlyCollection<(RoomId Room, long Seq)> events, CancellationToken cancel) =>
        _log.RunAsync(events, static IReadOnlyList<(RoomId, EventMark)> (db, asked) => ReadMarks((PostgresDatabase)db, asked), cancel);

    public ValueTask<ChangePage> ReadChangesAsync(ChangeMark? after, CancellationToken cancel) =>
        _changes.RunAsync((after, writer), static (db, asked) => Changes.Read((PostgresDatabase)db, asked.after, asked.writer), cancel);

    public ValueTask<IReadOnlyList<UserNow>> ReadUsersAsync(IReadOnlyCollection<UserId> users, CancellationToken cancel) =>
        _changes.RunAsync(users, static (db, asked) => NewFacts.ReadUsers((PostgresDatabase)db, asked), cancel);

    public ValueTask<IReadOnlyList<ReadNow>> ReadPositionsAsync(IReadOnlyCollection<(RoomId Room, UserId User)> of, CancellationToken cancel) =>
        _changes.RunAsync(of, static (db, asked) => NewFacts.ReadPositions((PostgresDatabase)db, asked), cancel);

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => _changes.RunAsync((hash, Now), CredentialReader.Find, cancel);

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId user, CancellationToken cancel) =>
        _changes.RunAsync((room, (UserId?)user, Now), StandingReader.Read, cancel);

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) =>
        _changes.RunAsync<UserId, IReadOnlyList<User>>(user, BlockReader.Of, cancel);

    public ValueTask<long> CountOpenReportsAsync(CancellationToken cancel) => _changes.RunAsync(0, ReportReader.CountOpen, cancel);

    public ValueTask<WorkspaceSettings> ReadSettingsAsync(CancellationToken cancel) => _changes.RunAsync(0, SettingsReader.Read, cancel);

    /// <summary>Answers what was asked, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _changes.DisposeAsync();
    }

    /// <summary>Bans, mutes and credentials run out by it.</summary>
    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static List<(RoomId, RoomHead)> ReadHeads(PostgresDatabase db, IReadOnlyCollection<RoomId> rooms)
    {
        using var questions = new Questions(db);
        questions.Add(Heads, rooms.Select(r => r.Value).ToArray());
        var heads = new List<(RoomId, RoomHead)>(rooms.Count);
        while (questions.Step())
            heads.Add((new RoomId(questions.Int64(0)), RoomReader.ReadHead(questions, 1)));
        return heads;
    }

    private static List<(RoomId, EventMark)> ReadMarks(PostgresDatabase db, IReadOnlyCollection<(RoomId Room, long Seq)> events)
    {
        using var questions = new Questions(db);
        questions.Add(Marks, events.Select(e => e.Room.Value).ToArray(), events.Select(e => e.Seq).ToArray());
        var marks = new List<(RoomId, EventMark)>(events.Count);
        while (questions.Step())
            marks.Add((new RoomId(questions.Int64(0)), new EventMark(questions.Int64(1), questions.Int64(2))));
        return marks;
    }

    /// <summary>Each question sees what is committed when it is asked: the events first, so that what is said of a room is not older than they are.</summary>
    private static List<LogPiece> ReadLogs(PostgresDatabase db, (IReadOnlyCollection<(RoomId Room, long After)> Of, int Limit) asked)
    {
        var ids = asked.Of.Select(o => o.Room.Value).ToArray();
        using var questions = new Questions(db);
        questions.Add(Logs(asked.Limit), ids, asked.Of.Select(o => o.After).ToArray());
        questions.Add(Rooms, ids);
        questions.Add(UsersOfDirectRooms, ids);
        questions.Add(Heads, ids);
        var events = ids.ToDictionary(i => i, _ => new List<LoggedEvent>());
        while (questions.Step())
        {
            var room = questions.Int64(EventReader.Room);
            events[room].Add(new LoggedEvent(EventReader.Read(questions, new RoomId(room)), questions.Int64(EventReader.PostNo)));
        }
        var rooms = new Dictionary<long, Room>();
        while (questions.Step())
            rooms.Add(questions.Int64(0), RoomReader.Read(questions, 0));
        while (questions.Step())
        {
            var room = questions.Int64(UserReader.ColumnCount);
            rooms[room] = rooms[room] with { Users = [.. rooms[room].Users, UserReader.Read(questions, 0)] };
        }
        var pieces = new List<LogPiece>(rooms.Count);
        while (questions.Step())
            if (rooms.TryGetValue(questions.Int64(0), out var room))
                pieces.Add(new LogPiece(room, RoomReader.ReadHead(questions, 1), events[room.Id.Value]));
        return pieces;
    }

    /// <summary>
    /// With the limit in words, and the events fenced off (<c>offset 0</c>) before anything is joined to them: a planner that does not know how few they
    /// are reads all bodies there are, or all events of the rooms.
    /// </summary>
    internal static string Logs(int limit) => string.Create(CultureInfo.InvariantCulture, $"""
        select {EventReader.Columns}
        from (
          select n.* from unnest($1, $2) as asked (room_id, after)
          cross join lateral (select * from events o where o.room_id = asked.room_id and o.seq > asked.after order by o.seq limit {limit}) n
          offset 0) e
        {EventReader.Joins}
        order by e.room_id, e.seq
        """);

    /// <summary>As <see cref="CommitNotice"/> writes it; what cannot be read is another version's, and says no more than that there is something.</summary>
    private static IEnumerable<CommitHint> Read(string payload)
    {
        foreach (var part in payload.Split(','))
            yield return part.Split(':') is [var room, var seq]
                && long.TryParse(room, CultureInfo.InvariantCulture, out var id) && long.TryParse(seq, CultureInfo.InvariantCulture, out var newest)
                ? new CommitHint(new RoomId(id), newest) // 0:1 included
                : CommitHint.Look;
    }
}
