using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Nodes;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>What servers read of each other's log: many rooms in one journey.</summary>
public sealed class LogsTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _database = server.NewDatabaseWithSchema();
    private PostgresStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = PostgresStore.Open(_database, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Of_each_room_what_follows_up_to_the_limit_and_how_far_it_is()
    {
        var (alice, bob) = (await RegisterAsync("alice"), await RegisterAsync("bob"));
        var (first, second) = (await MakeAsync(alice, "first"), await MakeAsync(alice, "second"));
        var direct = Assert.IsType<Logged>(await DoAsync(new OpenDirect(alice, null, [bob.Id]))).Room;
        foreach (var text in new[] { "one", "two", "three" })
            await SayAsync(alice, second, text);
        await SayAsync(bob, direct, "hello");

        var pieces = (await _store.Feed.ReadLogsAsync([(second.Id, 1), (first.Id, 1), (direct.Id, 0), (new RoomId(999), 0)], 2, default)).ToDictionary(p => p.Room.Id);

        Assert.Equal(3, pieces.Count);
        Assert.Empty(pieces[first.Id].Events);
        Assert.Equal(["one", "two"], Texts(pieces[second.Id]));
        Assert.Equal([1L, 2L], pieces[second.Id].Events.Select(e => e.PostNo));
        Assert.Equal(await _store.ReadHeadAsync(second.Id, default), pieces[second.Id].Head);
        Assert.Equal([alice.Id.Value, bob.Id.Value], pieces[direct.Id].Room.Users.Select(u => u.Id.Value).Order());
        Assert.Empty(pieces[second.Id].Room.Users);
        Assert.Equal(pieces[direct.Id].Events.Select(e => e.Event.Seq), Enumerable.Range(1, pieces[direct.Id].Events.Count).Select(i => (long)i));
        Assert.Empty(Assert.Single(await _store.Feed.ReadLogsAsync([(second.Id, 0)], 0, default)).Events);
    }

    [Fact]
    public async Task However_much_there_is_only_what_is_asked_for_is_read()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        foreach (var sql in new[]
        {
            "set session_replication_role = replica",
            "insert into users (id, uid, kind, nick, nick_key, created_at) overriding system value select 1000 + i, gen_random_uuid(), 0, 'u' || i, 'u' || i, 0 from generate_series(1, 2000) i",
            "insert into rooms (id, uid, kind, title, slug, slug_key, created_at) overriding system value select 1000 + i, gen_random_uuid(), 0, 't', 'r' || i, 'r' || i, 0 from generate_series(1, 100) i",
            "insert into events (room_id, seq, kind, user_id, ts, post_no) select 1000 + r, s, 2, 1001 + s % 300, 0, s from generate_series(1, 100) r, generate_series(1, 2000) s",
            "insert into bodies (room_id, seq, body) select room_id, seq, 'x' from events where room_id > 1000",
            "analyze",
            "set plan_cache_mode = force_generic_plan",
            $"prepare logs (bigint[], bigint[]) as {PostgresFeed.Logs(32)}",
        })
            await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
        await using var plan = await new NpgsqlCommand("explain execute logs ('{1001,1002,1003}', '{990,990,990}')", connection).ExecuteReaderAsync();
        var lines = new List<string>();
        while (await plan.ReadAsync())
            lines.Add(plan.GetString(0));
        // Events from where they are asked for, and each one's body by its number.
        Assert.Contains(lines, l => l.Contains("Index Cond", StringComparison.Ordinal) && l.Contains("(seq > asked.after)", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Index Cond", StringComparison.Ordinal) && l.Contains("(seq = ", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Texts(LogPiece piece) => piece.Events.Select(e => (e.Event as Posted)?.Body?.ToString());

    private async Task<Outcome> DoAsync(Command command) => Assert.Single(await _store.CommitAsync([command], default));

    private async Task<User> RegisterAsync(string nick) =>
        Assert.IsType<UserChanged>(await DoAsync(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, SessionHash: null))).User;

    private async Task<Room> MakeAsync(User owner, string slug) => Assert.IsType<Logged>(await DoAsync(new CreateRoom(owner, null, slug, slug))).Room;

    private async Task SayAsync(User from, Room room, string text)
    {
        Assert.Equal(Core.Messages.BodyError.None, Core.Messages.MessageBody.TryCreate(System.Text.Encoding.UTF8.GetBytes(text), out var body));
        Assert.IsType<Logged>(await DoAsync(new Post(from, null, room.Id, body)));
    }
}
