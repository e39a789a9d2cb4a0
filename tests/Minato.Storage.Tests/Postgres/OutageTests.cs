using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>The server goes away and comes back: what was answered is true, and what is true is answered.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly string _database;
    private readonly string _direct;
    private readonly Cable _cable;
    private PostgresStore _store = null!;
    private Room _lobby = null!;
    private User _alice = null!;

    public OutageTests(PostgresServer server)
    {
        var direct = new NpgsqlConnectionStringBuilder(server.NewDatabaseWithSchema());
        _direct = direct.ConnectionString;
        _cable = new Cable(direct.Port);
        direct.Port = _cable.Port;
        _database = direct.ConnectionString;
    }

    public async ValueTask InitializeAsync()
    {
        await using (var first = PostgresStore.Open(_database, TimeProvider.System))
            _alice = ((UserChanged)(await first.CommitAsync([new RegisterGuest(UserKind.Guest, "alice", false, new byte[32])], default))[0]).User;
        _store = PostgresStore.Open(_database, TimeProvider.System);
        _lobby = (await _store.FindRoomAsync(Slug.Lobby, default))!;
    }

    public async ValueTask DisposeAsync()
    {
        _cable.PlugIn();
        await _store.DisposeAsync();
        _cable.Dispose();
    }

    [Theory]
    [InlineData(CutAt.Request)]
    [InlineData(CutAt.Answer)]
    public async Task A_commit_that_nobody_answered_is_there_once_and_answered_rightly(CutAt where)
    {
        _cable.CutAtNextCommit(where);
        // Without client ids: nothing but the log itself can say what became of them.
        var outcomes = await _store.CommitAsync([Say("one"), Say("two")], default);
        Assert.Equal(1, _cable.Cuts);
        Assert.Equal(["one", "two"], outcomes.Select(o => ((Posted)Assert.IsType<Logged>(o).Event!).Body!.Value.ToString()));
        Assert.Equal(outcomes.Select(o => ((Logged)o).Seq), (await Posts()).Select(p => p.Seq));
        await _store.CommitAsync([Say("three")], default);
        Assert.Equal(["one", "two", "three"], (await Posts()).Select(p => p.Body!.Value.ToString()));
    }

    [Fact]
    public async Task While_a_commit_is_in_doubt_the_server_may_stay_away_for_a_while()
    {
        var asked = _cable.PullOutAtNextCommit(CutAt.Answer);
        var committing = Task.Run(async () => Assert.IsType<Logged>((await _store.CommitAsync([Say("in doubt")], default))[0]));
        await asked.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(committing.IsCompleted);
        _cable.PlugIn();
        var logged = await committing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(logged.Seq, Assert.Single(await Posts()).Seq);
    }

    [Fact]
    public async Task A_commit_in_doubt_does_not_keep_a_server_from_stopping()
    {
        using var stopping = new CancellationTokenSource();
        var asked = _cable.PullOutAtNextCommit(CutAt.Answer);
        var committing = Task.Run(async () => await _store.CommitAsync([Say("in doubt")], stopping.Token));
        await asked.WaitAsync(TimeSpan.FromSeconds(30));
        await stopping.CancelAsync();
        // Not "nothing was saved": that is what nobody knows.
        await Assert.ThrowsAsync<StoreFailedException>(() => committing.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Without_a_server_nothing_is_saved_and_with_it_everything_goes_on()
    {
        await _store.CommitAsync([Say("before")], default);
        _cable.PullOut();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreAwayException>(async () => await _store.CommitAsync([Say("during")], default));
            await Assert.ThrowsAsync<StoreAwayException>(async () => await _store.ReadHeadAsync(_lobby.Id, default));
        }
        _cable.PlugIn();
        await _store.CommitAsync([Say("after")], default);
        Assert.Equal(["before", "after"], (await Posts()).Select(p => p.Body!.Value.ToString()));
    }

    [Fact]
    public async Task Only_a_server_that_runs_has_a_row_among_the_writers()
    {
        await using var database = NpgsqlDataSource.Create(_database);
        await using var count = database.CreateCommand("select count(*) from writers");
        await using (PostgresStore.Open(_database, TimeProvider.System))
            Assert.Equal(2L, await count.ExecuteScalarAsync());
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_connection_that_died_in_its_sleep_is_no_answer()
    {
        await _store.CommitAsync([Say("before")], default);
        await Posts();
        _cable.PullOut();
        _cable.PlugIn();
        Assert.IsType<Logged>((await _store.CommitAsync([Say("after")], default))[0]);
        Assert.Equal(2, (await Posts()).Count);
    }

    [Fact]
    public async Task A_server_that_freezes_or_vanishes_in_the_middle_of_a_commit_does_not_stop_the_others()
    {
        await using var other = PostgresStore.Open(_direct, TimeProvider.System);
        var held = _cable.HoldNextCommit();
        var committing = Task.Run(async () => await _store.CommitAsync([Say("held")], default));
        await held.WaitAsync(TimeSpan.FromSeconds(30));
        // It has the room, and PostgreSQL would wait for its word for as long as the connection lasts: two hours, where a machine vanished.
        Assert.IsType<Logged>((await other.CommitAsync([Say("meanwhile")], default))[0]);
        _cable.LetGo();
        // What was under way is saved behind it, by another connection, or was not.
        try
        {
            await committing.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (StoreAwayException)
        {
            await _store.CommitAsync([Say("held")], default);
        }
        Assert.Equal(["meanwhile", "held"], (await Posts()).Select(p => p.Body!.Value.ToString()));
    }

    private Post Say(string text) =>
        new(_alice, null, _lobby.Id, MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out var body) == BodyError.None ? body : throw new ArgumentException(text));

    private async Task<List<Posted>> Posts() => [.. (await _store.ReadEventsAsync(_lobby.Id, null, 0, long.MaxValue, default)).OfType<Posted>()];
}
