using Minato.Core.Commands;
using Minato.Core.Rights;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_post_sent_again_gets_the_first_answer()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        var first = await Say(alice, lobby, "once", "c1");
        await Say(alice, lobby, "other", "c2");
        Clock.Advance(TimeSpan.FromDays(29));
        for (var again = 0; again < 3; again++)
        {
            await AssertRepeat(first, new Post(alice, Cid("c1"), lobby.Id, Body("once")));
            await ReopenAsync();
        }
        Assert.Equal(["once", "other"], Texts(await History(lobby, null)));
    }

    [Fact]
    public async Task A_post_twice_in_one_batch_is_posted_once()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        Clock.PerLook = TimeSpan.FromMilliseconds(1);
        var post = new Post(alice, Cid("c1"), lobby.Id, Body("once"));
        var outcomes = await Commit(post, post, new Post(alice, null, lobby.Id, Body("next")));
        var first = Assert.IsType<Logged>(outcomes[0]);
        AssertRepeat(first, Assert.IsType<Logged>(outcomes[1]));
        Assert.Equal((2L, 3L), (first.Seq, Assert.IsType<Logged>(outcomes[2]).Seq));
        Assert.Equal(["once", "next"], Texts(await History(lobby, null)));
    }

    [Fact]
    public async Task The_first_answer_has_the_very_time_of_the_event_though_the_clock_ticks_in_between()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        Clock.PerLook = TimeSpan.FromMilliseconds(1);
        var first = await Say(alice, lobby, "once", "c1");
        Assert.Equal(first.Event!.Ts, first.Ts);
        await AssertRepeat(first, new Post(alice, Cid("c1"), lobby.Id, Body("once")));
    }

    [Fact]
    public async Task Every_act_sent_again_gets_the_first_answer_and_changes_nothing()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        Clock.PerLook = TimeSpan.FromMilliseconds(1);
        var dev = await NewRoom(bob, "dev");
        var commands = new Command[]
        {
            new CreateRoom(alice, Cid("create"), "art", "Art"), new OpenDirect(alice, Cid("direct"), bob.Id),
            new OpenDirect(alice, Cid("found"), bob.Id), new Join(alice, Cid("join"), dev.Id),
            new Post(alice, Cid("post"), dev.Id, Body("x")), new SetTopic(alice, Cid("topic"), dev.Id, "t"),
            new Join(alice, Cid("already"), dev.Id), new Leave(alice, Cid("leave"), dev.Id),
        };
        var first = new List<Logged>();
        foreach (var command in commands)
            first.Add(await Commit<Logged>(command));
        var head = await Head(dev);
        for (var round = 0; round < 2; round++)
        {
            foreach (var (command, answer) in commands.Zip(first))
                await AssertRepeat(answer, command);
            await ReopenAsync();
        }
        Assert.Equal(head, await Head(dev));
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(dev.Id, alice.Id, default));
        Assert.Equal(3, (await Store.ListRoomsAsync(alice.Id, default)).Count);
    }

    [Fact]
    public async Task An_answer_to_joining_where_one_was_already_does_not_join_later()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(bob, "dev");
        await Commit<Logged>(new Join(alice, Cid("1"), dev.Id));
        await Commit<Logged>(new Join(alice, Cid("2"), dev.Id));
        await Commit<Logged>(new Leave(alice, Cid("3"), dev.Id));
        Assert.Null((await Commit<Logged>(new Join(alice, Cid("2"), dev.Id))).Event);
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(dev.Id, alice.Id, default));
    }

    [Fact]
    public async Task A_post_is_answered_again_though_its_sender_has_left_since()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(bob, "dev");
        await Commit(new Join(alice, null, dev.Id));
        var first = await Say(alice, dev, "once", "c1");
        await Commit(new Leave(alice, null, dev.Id));
        await AssertRepeat(first, new Post(alice, Cid("c1"), dev.Id, Body("once")));
        // A public room hears who only looks on.
        Assert.Equal(5, (await Say(alice, dev, "from outside", "c2")).Seq);
    }

    [Fact]
    public async Task An_old_rename_sent_again_does_not_undo_a_newer_one()
    {
        var alice = await Guest("alice");
        await Commit<UserChanged>(new Rename(alice, Cid("1"), "ann"));
        await Commit<UserChanged>(new Rename(alice, Cid("2"), "anna"));
        await ReopenAsync();
        var again = await Commit<UserChanged>(new Rename(alice, Cid("1"), "ann"));
        Assert.Equal(("anna", "anna"), (again.User.Nick, again.Was!.Nick));
        Assert.Null(await Store.FindUserAsync("ann", default));
    }

    [Fact]
    public async Task A_client_id_used_for_something_else_is_a_conflict()
    {
        var (alice, bob, carol) = (await Guest("alice"), await Guest("bob"), await Guest("carol"));
        var (dev, lobby) = (await NewRoom(bob, "dev"), await Lobby());
        await Commit(new Join(alice, null, dev.Id), new Join(alice, null, lobby.Id));
        await Commit<Logged>(new Post(alice, Cid("post"), dev.Id, Body("x")));
        await Commit<Logged>(new OpenDirect(alice, Cid("direct"), bob.Id));
        await Commit<Logged>(new CreateRoom(alice, Cid("create"), "art", ""));
        await Commit<UserChanged>(new Rename(alice, Cid("rename"), "ann"));
        var before = (await Head(dev), await Head(lobby));
        foreach (var command in new Command[]
        {
            new Post(alice, Cid("post"), lobby.Id, Body("x")), new SetTopic(alice, Cid("post"), dev.Id, "x"), new Leave(alice, Cid("post"), dev.Id),
            new Join(alice, Cid("post"), dev.Id), new CreateRoom(alice, Cid("post"), "new", ""), new OpenDirect(alice, Cid("post"), carol.Id),
            new Rename(alice, Cid("post"), "zoe"), new OpenDirect(alice, Cid("direct"), carol.Id), new OpenDirect(alice, Cid("direct"), alice.Id),
            new CreateRoom(alice, Cid("create"), "music", ""), new Post(alice, Cid("rename"), dev.Id, Body("x")),
        })
            Assert.Equal(Refusal.CidConflict, await Refused(command));
        Assert.Equal(before, (await Head(dev), await Head(lobby)));
        Assert.Equal("ann", (await Store.FindUserAsync(alice.Uid, default))!.Nick);
        Assert.Null(await Store.FindRoomAsync("music", default));
    }

    [Fact]
    public async Task Client_ids_are_each_user_s_own()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var lobby = await Lobby();
        await Say(alice, lobby, "a", "c1");
        Assert.NotNull((await Say(bob, lobby, "b", "c1")).Event);
        Assert.NotNull((await Say(alice, lobby, "A", "C1")).Event);
        Assert.Equal(["a", "b", "A"], Texts(await History(lobby, null)));
    }

    [Fact]
    public async Task A_refusal_uses_up_no_client_id()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(bob, "dev");
        Assert.Equal(Refusal.NotAMember, await Refused(new SetTopic(alice, Cid("1"), dev.Id, "x")));
        Assert.Equal(Refusal.NickTaken, await Refused(new Rename(alice, Cid("2"), "bob")));
        Assert.Equal(Refusal.SlugTaken, await Refused(new CreateRoom(alice, Cid("3"), "dev", "")));
        await Commit(new Join(alice, null, dev.Id));
        Assert.NotNull((await Commit<Logged>(new SetTopic(alice, Cid("1"), dev.Id, "x"))).Event);
        Assert.Equal("ann", (await Commit<UserChanged>(new Rename(alice, Cid("2"), "ann"))).User.Nick);
        Assert.NotNull((await Commit<Logged>(new CreateRoom(alice, Cid("3"), "art", ""))).Event);
    }

    [Fact]
    public async Task Without_a_client_id_nothing_is_recognised()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        await Say(alice, lobby, "x");
        Assert.Equal(3, (await Say(alice, lobby, "x")).Seq);
    }

    /// <summary>Old enough, an id is new again; an hour younger it never is, whatever was forgotten meanwhile.</summary>
    [Fact]
    public async Task Client_ids_are_forgotten_after_31_days_in_slices()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        await Commit([.. Enumerable.Range(0, 450).Select(i => new Post(alice, Cid($"old-{i:000}"), lobby.Id, Body("x")))]);
        Clock.Advance(TimeSpan.FromHours(1));
        await Commit([.. Enumerable.Range(0, 450).Select(i => new Post(alice, Cid($"old-{i:000}-young"), lobby.Id, Body("x")))]);
        Clock.Advance(TimeSpan.FromDays(31) - TimeSpan.FromMinutes(62));
        await MaintainAll();
        Assert.Null((await Say(alice, lobby, "x", "old-000")).Event);

        // An hour's rest after the end of the table, and 58 minutes into the hour between the old and the young.
        Clock.Advance(TimeSpan.FromMinutes(60));
        await Store.MaintainAsync(default);
        var head = (await Head(lobby)).Seq;
        // The first slice is done, the last is not.
        Assert.Null((await Say(alice, lobby, "x", "old-449")).Event);
        await MaintainAll();
        Assert.Equal(head, (await Head(lobby)).Seq);
        foreach (var i in new[] { 0, 1, 199, 200, 201, 449 })
        {
            Assert.Null((await Say(alice, lobby, "x", $"old-{i:000}-young")).Event);
            Assert.NotNull((await Say(alice, lobby, "x", $"old-{i:000}")).Event);
        }
    }

    [Fact]
    public async Task A_clock_that_leaps_ahead_forgets_no_client_id_before_it_has_stayed_there()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        await Say(alice, lobby, "x", "known");
        await MaintainAll();
        Clock.Now += TimeSpan.FromDays(365);
        Clock.Advance(TimeSpan.FromMinutes(50));
        await MaintainAll();
        Assert.Null((await Say(alice, lobby, "x", "known")).Event);
        Clock.Now -= TimeSpan.FromDays(365); // somebody noticed
        Clock.Advance(TimeSpan.FromHours(3));
        await MaintainAll();
        Assert.Null((await Say(alice, lobby, "x", "known")).Event);
        // Also where it was set wrong before the start.
        Clock.Now += TimeSpan.FromDays(365);
        await ReopenAsync();
        await MaintainAll();
        Assert.Null((await Say(alice, lobby, "x", "known")).Event);
    }

    private async Task MaintainAll()
    {
        for (var slice = 0; slice < 20; slice++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Store.MaintainAsync(default);
        }
    }

    private async Task AssertRepeat(Logged first, Command again) => AssertRepeat(first, await Commit<Logged>(again));

    private static void AssertRepeat(Logged first, Logged again)
    {
        Assert.Equal((first.Room.Id, first.Seq, first.Ts), (again.Room.Id, again.Seq, again.Ts));
        Assert.Null(again.Event);
        Assert.Empty(again.Entered);
        Assert.Null(again.Exited);
    }
}
