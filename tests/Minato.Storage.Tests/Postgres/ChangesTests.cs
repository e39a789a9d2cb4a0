using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>What servers tell each other besides the log: each change is read once by each, whatever order transactions end in.</summary>
public sealed class ChangesTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _database = server.NewDatabaseWithSchema();
    private PostgresStore _here = null!;
    private PostgresStore _there = null!;

    public ValueTask InitializeAsync()
    {
        (_here, _there) = (PostgresStore.Open(_database, TimeProvider.System), PostgresStore.Open(_database, TimeProvider.System));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task What_one_changes_the_others_are_told_once_and_it_knows_its_own()
    {
        var (mine, theirs) = (await StartAsync(_here), await StartAsync(_there));
        var alice = await RegisterAsync("alice");
        await _there.CommitAsync([new Rename(alice, null, "alicia")], default);
        var expected = new NodeChange(ChangeKind.Name, alice.Id);
        var page = await _here.Feed.ReadChangesAsync(mine, default);
        Assert.Equal([expected], page.Changes);
        Assert.Empty((await _here.Feed.ReadChangesAsync(page.Mark, default)).Changes);
        Assert.Equal([expected with { IsOwn = true }], (await _there.Feed.ReadChangesAsync(theirs, default)).Changes);
        Assert.Equal("alicia", Assert.Single(await _here.Feed.ReadUsersAsync([alice.Id], default)).User.Nick);
    }

    [Fact]
    public async Task A_transaction_that_ends_behind_others_that_began_later_is_not_missed_and_those_are_told_at_once()
    {
        var mark = await StartAsync(_here);
        await using var slow = new NpgsqlConnection(_database);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await DoAsync(slow, "insert into changes (writer, kind, user_id) values (gen_random_uuid(), 2, 1001)");
        await DoAsync(_database, "insert into changes (writer, kind, user_id) values (gen_random_uuid(), 2, 1002)");
        var first = await _here.Feed.ReadChangesAsync(mark, default);
        Assert.Equal([1002L], first.Changes.Select(c => c.User.Value));
        var between = await _here.Feed.ReadChangesAsync(first.Mark, default);
        Assert.Empty(between.Changes);
        await transaction.CommitAsync();
        var second = await _here.Feed.ReadChangesAsync(between.Mark, default);
        Assert.Equal([1001L], second.Changes.Select(c => c.User.Value));
        Assert.Empty((await _here.Feed.ReadChangesAsync(second.Mark, default)).Changes);
    }

    [Fact]
    public async Task Posts_alone_write_no_change()
    {
        var alice = await RegisterAsync("alice");
        var lobby = (await _there.FindRoomAsync(Slug.Lobby, default))!;
        var mark = await StartAsync(_here);
        await _there.CommitAsync([new SetTopic(alice, null, lobby.Id, "x")], default);
        Assert.Equal(0L, await DoAsync(_database, "select count(*) from changes"));
        Assert.Empty((await _here.Feed.ReadChangesAsync(mark, default)).Changes);
    }

    [Fact]
    public async Task Who_was_away_for_long_is_told_that_some_may_be_missing()
    {
        var mark = await StartAsync(_here);
        Assert.False((await _here.Feed.ReadChangesAsync(mark, default)).IsIncomplete);
        Assert.True((await _here.Feed.ReadChangesAsync(mark with { At = mark.At - (long)TimeSpan.FromMinutes(6).TotalMilliseconds }, default)).IsIncomplete);
    }

    [Fact]
    public async Task Old_changes_are_removed_by_whoever_tidies_up()
    {
        await DoAsync(_database, """
            insert into changes (writer, kind, at) values (gen_random_uuid(), 4, now() - interval '11 minutes'), (gen_random_uuid(), 4, now() - interval '9 minutes')
            """);
        await _here.MaintainAsync(default);
        Assert.Equal(1L, await DoAsync(_database, "select count(*) from changes"));
    }

    private static async Task<ChangeMark> StartAsync(PostgresStore store) => (await store.Feed.ReadChangesAsync(after: null, default)).Mark;

    private async Task<User> RegisterAsync(string nick) =>
        ((UserChanged)(await _there.CommitAsync([new RegisterGuest(UserKind.Guest, nick, false, new byte[32])], default))[0]).User;

    private static async Task<object?> DoAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return await DoAsync(connection, sql);
    }

    private static async Task<object?> DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
