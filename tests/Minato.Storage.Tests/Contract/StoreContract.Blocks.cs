using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Two_of_whom_one_has_blocked_the_other_say_nothing_in_their_direct_room_and_go_on_where_it_ends()
    {
        var (ann, bob) = (await Guest("ann"), await Guest("bob"));
        var room = (await Commit<Logged>(new OpenDirect(ann, null, bob.Id))).Room;
        var (own, others) = ((await Say(bob, room, "before")).Seq, (await Say(ann, room, "mine")).Seq);
        Assert.True((await Commit<BlockChanged>(new BlockUser(ann, null, bob.Id, On: true))).IsNew);

        foreach (var one in new[] { ann, bob })
            foreach (var act in new Command[]
            {
                new Post(one, null, room.Id, Body("x")), new Edit(one, null, room.Id, one == bob ? own : others, Body("x")),
                new React(one, null, room.Id, own, "x", On: true), new Pin(one, null, room.Id, own, On: true),
            })
                Assert.Equal(Refusal.Blocked, await Refused(act));
        // The room is there as it was, for what takes back, too.
        Assert.Equal(room.Id, (await Commit<Logged>(new OpenDirect(bob, null, ann.Id))).Room.Id);
        await Commit<Logged>(new Delete(bob, null, room.Id, own));
        await Commit<ReportsChanged>(new ReportMessage(bob, null, room.Id, others, ""));

        await ReopenAsync();
        Assert.Equal(Refusal.Blocked, await Refused(new Post(bob, null, room.Id, Body("x"))));
        await Commit<BlockChanged>(new BlockUser(ann, null, bob.Id, On: false));
        await Say(bob, room, "after");
    }

    [Fact]
    public async Task A_block_counts_for_what_comes_behind_it_in_the_same_batch()
    {
        var (ann, bob) = (await Guest("ann"), await Guest("bob"));
        var room = (await Commit<Logged>(new OpenDirect(ann, null, bob.Id))).Room;
        var outcomes = await Commit(
            new Post(bob, null, room.Id, Body("under way")), new BlockUser(ann, null, bob.Id, On: true), new Post(bob, null, room.Id, Body("too late")),
            new BlockUser(ann, null, bob.Id, On: false), new Post(bob, null, room.Id, Body("again")));
        Assert.Equal(["Logged", "BlockChanged", "Blocked", "BlockChanged", "Logged"], outcomes.Select(o => (o as Refused)?.Reason.ToString() ?? o.GetType().Name));
    }

    [Fact]
    public async Task Whoever_is_blocked_makes_no_direct_room_with_the_blocker_and_invites_them_nowhere()
    {
        var (ann, bob, cy) = (await Guest("ann"), await Guest("bob"), await Guest("cy"));
        var den = (await Commit<Logged>(new CreateRoom(bob, null, "den", "Den", RoomKind.Private))).Room;
        await Commit<BlockChanged>(new BlockUser(ann, null, bob.Id, On: true));

        Assert.Equal(Refusal.Blocked, await Refused(new OpenDirect(bob, null, ann.Id)));
        Assert.Equal(Refusal.Blocked, await Refused(new OpenDirect(bob, null, ann.Id, cy.Id)));
        Assert.Equal(Refusal.Blocked, await Refused(new Invite(bob, null, den.Id, ann.Id)));
        // Nor does the blocker write to who cannot answer; whom they meet among others is theirs to say.
        Assert.Equal(Refusal.Blocked, await Refused(new OpenDirect(ann, null, bob.Id)));
        await Commit<Logged>(new OpenDirect(ann, null, bob.Id, cy.Id));
        // In rooms of others the log is the same for all.
        await Say(bob, await Lobby(), "hello ann");
        await Commit<Logged>(new Invite(bob, null, den.Id, cy.Id));
    }

    [Fact]
    public async Task What_a_blocked_one_mentions_is_on_no_list_for_as_long_as_they_are()
    {
        var (ann, bob, lobby) = (await Guest("ann"), await Guest("bob"), await Lobby());
        await Commit<Logged>(new Join(ann, null, lobby.Id));
        await Say(bob, lobby, "@ann before");
        await Say(await Guest("cy"), lobby, "@everyone of cy");
        await Say(bob, lobby, "@everyone");
        await Commit<BlockChanged>(new BlockUser(ann, null, bob.Id, On: true));
        await Say(bob, lobby, "@ann after");
        Assert.Equal("@everyone of cy", Assert.Single(await Mentions(ann)).Message.Body?.ToString());
        await Commit<BlockChanged>(new BlockUser(ann, null, bob.Id, On: false));
        Assert.Equal(4, (await Mentions(ann)).Count);
    }

    [Fact]
    public async Task A_list_has_a_thousand_and_none_of_them_oneself_the_server_or_nobody()
    {
        var (ann, gone) = (await Guest("ann"), await Visitor("gone"));
        Assert.Equal(Refusal.Forbidden, await Refused(new BlockUser(ann, null, ann.Id, On: true)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new BlockUser(ann, null, new UserId(9_999), On: true)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new BlockUser(ann, null, (await System()).Id, On: true)));
        await Commit<BlockChanged>(new BlockUser(ann, null, gone.Id, On: true));
        await Commit<VisitorEnded>(new EndVisitor(gone));
        // Who is gone stays on the list, and can be taken off it, and on no other.
        Assert.Equal([gone.Id], (await Store.ReadBlocksAsync(ann.Id, default)).Select(u => u.Id));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new BlockUser(await Guest("bob"), null, gone.Id, On: true)));

        var others = new List<User>();
        foreach (var number in Enumerable.Range(0, BlockList.Max))
            others.Add(await Guest($"guest{number}"));
        var outcomes = await Commit([.. others.Select(o => new BlockUser(ann, null, o.Id, On: true))]);
        Assert.Equal(BlockList.Max - 1, outcomes.Count(o => o is BlockChanged { IsNew: true }));
        Assert.Equal(Refusal.TooMany, Assert.IsType<Refused>(outcomes[^1]).Reason);
        // What is there already is done.
        Assert.False((await Commit<BlockChanged>(new BlockUser(ann, null, others[0].Id, On: true))).IsNew);
        await Commit<BlockChanged>(new BlockUser(ann, null, gone.Id, On: false));
        await Commit<BlockChanged>(new BlockUser(ann, null, others[^1].Id, On: true));
        Assert.Equal(others.Select(o => o.Id), (await Store.ReadBlocksAsync(ann.Id, default)).Select(u => u.Id));
    }

    [Fact]
    public async Task A_block_that_comes_again_gets_its_first_answer_and_undoes_no_newer_one()
    {
        var (ann, bob, cy) = (await Guest("ann"), await Guest("bob"), await Guest("cy"));
        await Commit<BlockChanged>(new BlockUser(ann, Cid("1"), bob.Id, On: true));
        await Commit<BlockChanged>(new BlockUser(ann, Cid("2"), bob.Id, On: false));
        Assert.False((await Commit<BlockChanged>(new BlockUser(ann, Cid("1"), bob.Id, On: true))).IsNew);
        Assert.Empty(await Store.ReadBlocksAsync(ann.Id, default));
        Assert.Equal(Refusal.CidConflict, await Refused(new BlockUser(ann, Cid("1"), bob.Id, On: false)));
        Assert.Equal(Refusal.CidConflict, await Refused(new BlockUser(ann, Cid("1"), cy.Id, On: true)));
        Assert.Equal(Refusal.CidConflict, await Refused(new Post(ann, Cid("1"), (await Lobby()).Id, Body("x"))));
    }

    private async Task<IReadOnlyList<Mention>> Mentions(User user) => await Store.ReadMentionsAsync(user.Id, 50, default);
}
