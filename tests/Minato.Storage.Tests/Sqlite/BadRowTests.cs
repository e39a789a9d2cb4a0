using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>A trigger in the test's own database plays the rule of the schema that a row breaks.</summary>
public sealed class BadRowTests : SqliteTests
{
    private const string NoBadBodies = """
        create trigger no_bad_bodies before insert on bodies when new.body = 'BAD' begin select raise(abort, 'a bad body'); end
        """;

    [Theory]
    [InlineData("BAD", "1", "2", "3")]
    [InlineData("1", "BAD", "2", "3")]
    [InlineData("1", "2", "3", "BAD")]
    [InlineData("BAD", "1", "BAD", "BAD")]
    public async Task A_row_that_breaks_the_schema_fails_alone_and_still_in_one_transaction(params string[] texts)
    {
        await using var store = await OpenWith(NoBadBodies);
        var (alice, lobby, before) = (await Alice(store), await Lobby(store), Wal.Commits(File));
        var outcomes = await store.CommitAsync([.. texts.Select(text => new Post(alice, null, lobby.Id, Body(text)))], default);
        Assert.Equal(before + 1, Wal.Commits(File));
        foreach (var (text, outcome) in texts.Zip(outcomes))
        {
            Assert.Equal(text == "BAD", outcome is Refused { Reason: Refusal.StorageFailed, Cause: not null });
            Assert.Equal(text != "BAD", outcome is Logged);
        }
        Assert.Equal(texts.Count(t => t != "BAD"), (await EventsOf(store)).Count - 1);
        Assert.Equal(Enumerable.Range(2, texts.Count(t => t != "BAD")).Select(i => (long)i), outcomes.OfType<Logged>().Select(l => l.Seq));
        await AssertWhole(store);
        Assert.Equal((await EventsOf(store)).Count + 1, (await Post(store, "next"))[0].Seq);
    }

    [Fact]
    public async Task A_bad_command_uses_up_no_client_id_and_takes_its_whole_act_back()
    {
        await using var store = await OpenWith("create trigger no_spans before insert on member_spans begin select raise(abort, 'no spans'); end");
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        Assert.True(ClientId.TryCreate("c1", out var cid));
        var outcomes = await store.CommitAsync([new Join(alice, cid, lobby.Id), new CreateRoom(alice, null, "dev", ""), new Post(alice, null, lobby.Id, Body("x"))], default);
        Assert.Equal([typeof(Refused), typeof(Refused), typeof(Logged)], outcomes.Select(o => o.GetType()));
        Assert.Null(await store.FindRoomAsync("dev", default));
        Assert.Equal(0, store.Writer.Scalar("select (select count(*) from members) + (select count(*) from client_ids)"));
        await AssertWhole(store);
        store.Writer.Execute("drop trigger no_spans");
        Assert.NotNull(Assert.IsType<Logged>((await store.CommitAsync([new Join(alice, cid, lobby.Id)], default))[0]).Event);
    }

    [Fact]
    public async Task A_bug_in_one_command_fails_that_command_and_not_the_store()
    {
        await using var store = Open();
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        var outcomes = await store.CommitAsync(
            [new Post(alice, null, lobby.Id, Body("1")), new Unheard(alice), new Post(alice, null, lobby.Id, Body("2"))], default);
        Assert.IsType<InvalidOperationException>(Assert.IsType<Refused>(outcomes[1]).Cause);
        Assert.Equal([2L, 3L], outcomes.OfType<Logged>().Select(l => l.Seq));
        await AssertWhole(store);
    }

    [Fact]
    public async Task A_room_whose_head_cannot_be_written_fails_without_the_others()
    {
        await using var store = await OpenWith("create trigger no_head before update on room_heads when new.room_id <> 1 begin select raise(abort, 'no head'); end");
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        var outcomes = await store.CommitAsync([new CreateRoom(alice, null, "dev", ""), new Post(alice, null, lobby.Id, Body("x"))], default);
        Assert.Equal([typeof(Refused), typeof(Logged)], outcomes.Select(o => o.GetType()));
        Assert.Null(await store.FindRoomAsync("dev", default));
        await AssertWhole(store);
    }

    [Fact]
    public async Task A_read_that_fails_neither_holds_the_log_nor_spoils_the_next()
    {
        await using var store = Open();
        await Post(store, "x", "y");
        var lobby = await Lobby(store);
        store.Writer.Execute("update events set kind = 99 where seq = 2");
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await EventsOf(store));
        // Nobody reads an old snapshot any more: all of the log can be written back.
        await Post(store, "z");
        using (var checkpoint = new SqliteStatement(store.Writer.Handle, "pragma wal_checkpoint(truncate)"))
        {
            Assert.True(checkpoint.Step());
            Assert.Equal(0, checkpoint.Int64(0));
        }
        store.Writer.Execute("update events set kind = 2 where seq = 2");
        Assert.Equal(4, (await EventsOf(store)).Count);
        Assert.Equal(3, (await store.ReadHistoryAsync(lobby.Id, null, new(null, null, 10), default)).Messages.Count);
    }

    [Fact]
    public async Task A_closed_store_reads_nothing()
    {
        var store = Open();
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FindUserAsync("alice", default));
        Assert.Equal([File], Directory.GetFiles(Folder));
    }

    private async Task<SqliteStore> OpenWith(string sql)
    {
        await using (var store = Open())
            await Alice(store);
        using (var db = SqliteDatabase.Open(File, create: false))
            db.Execute(sql);
        return Open();
    }

    private sealed record Unheard(User Actor) : UserCommand(Actor, null);
}
