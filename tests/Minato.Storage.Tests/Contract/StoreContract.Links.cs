using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_link_lets_a_stranger_into_a_private_room_as_one_who_joins()
    {
        var (alice, den) = await NewLinkedDen();
        var link = await Commit<LinkMade>(new MakeLink(alice, Cid("1"), den.Id, LinkSecret.New()));
        Assert.Equal((alice, Clock.NowMs + (7 * 86_400_000L), 25, 0), (link.Link.By, link.Link.Until, link.Link.Uses, link.Link.Used));
        await ReopenAsync();
        var eve = await Guest("eve");
        var joined = await Commit<Logged>(new JoinByLink(eve, Cid("1"), link.Secret));
        Assert.Equal(new Joined(den.Id, joined.Seq, joined.Ts, eve), joined.Event);
        Assert.Equal([eve], joined.Entered);
        Assert.Equal(Standing.Member, await Store.ReadStandingAsync(den.Id, eve.Id, default));
        Assert.Equal(1, Assert.Single(await Store.ReadLinksAsync(den.Id, default)).Used);

        // Again it is the first answer, also after they left; and a member has no use of it.
        Assert.Equal(joined.Seq, (await Commit<Logged>(new JoinByLink(eve, Cid("1"), link.Secret))).Seq);
        Assert.Null((await Commit<Logged>(new JoinByLink(eve, Cid("2"), link.Secret))).Event);
        await Commit<Logged>(new Leave(eve, null, den.Id));
        Assert.Equal(joined.Seq, (await Commit<Logged>(new JoinByLink(eve, Cid("1"), link.Secret))).Seq);
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(den.Id, eve.Id, default));
        Assert.Equal(Refusal.CidConflict, await Refused(new Join(eve, Cid("1"), den.Id)));
        Assert.Equal(1, Assert.Single(await Store.ReadLinksAsync(den.Id, default)).Used);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_link_is_one_refusal()
    {
        var (alice, den) = await NewLinkedDen();
        var eve = await Guest("eve");
        var used = (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New(), Uses: 1))).Secret;
        var expired = (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New(), Until: Clock.NowMs + 1000))).Secret;
        var revoked = await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()));
        var good = (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()))).Secret;
        await Commit<Logged>(new JoinByLink(await Guest("bob"), null, used));
        await Commit<Logged>(new RevokeLink(alice, Cid("r"), den.Id, revoked.Link.Uid));
        Clock.Now += TimeSpan.FromMilliseconds(1000);
        foreach (var secret in new[] { used, expired, revoked.Secret, LinkSecret.New() })
            Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, secret)));

        await Commit<Logged>(new Archive(alice, null, den.Id, On: true));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, good)));
        await Commit<Logged>(new Archive(alice, null, den.Id, On: false));
        await Commit<Logged>(new Ban(alice, null, den.Id, eve.Id));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, good)));
        await Commit<Logged>(new JoinByLink(await Guest("carol"), null, good));
        Assert.DoesNotContain(await Events(den, alice), e => e.From == eve);
    }

    [Fact]
    public async Task A_link_ends_with_its_maker_s_right_to_invite()
    {
        var (alice, den) = await NewLinkedDen();
        var (bob, carol, eve) = (await Guest("bob"), await Guest("carol"), await Guest("eve"));
        var alices = (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()))).Secret;
        await Commit(new JoinByLink(bob, null, alices), new JoinByLink(carol, null, alices));
        var bobs = (await Commit<LinkMade>(new MakeLink(bob, null, den.Id, LinkSecret.New()))).Secret;
        await Commit<Logged>(new Mute(alice, null, den.Id, bob.Id));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, bobs)));
        await Commit<Logged>(new Unmute(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Kick(alice, null, den.Id, bob.Id));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, bobs)));
        // Nor does the one who was thrown out come back by it.
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(bob, null, bobs)));
        await Commit<Logged>(new JoinByLink(eve, null, alices));
    }

    [Fact]
    public async Task A_link_ends_with_its_maker_s_account_and_comes_back_with_it()
    {
        var (owner, maker, eve) = (await Person("owner", ServerRole.Owner), await Person("maker"), await Guest("eve"));
        var den = (await Commit<Logged>(new CreateRoom(maker, null, "hideout", "Hideout", RoomKind.Private))).Room;
        var secret = (await Commit<LinkMade>(new MakeLink(maker, null, den.Id, LinkSecret.New()))).Secret;
        await Commit<AccountChanged>(new SetActive(owner, maker.Id, On: false));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, secret)));
        await Commit<AccountChanged>(new SetActive(owner, maker.Id, On: true));
        await Commit<Logged>(new JoinByLink(eve, null, secret));
    }

    [Fact]
    public async Task Nobody_whose_account_is_shut_inherits_or_is_given_a_room()
    {
        var (owner, alice, shut, bob) = (await Person("owner", ServerRole.Owner), await Person("alice"), await Person("shut"), await Guest("bob"));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den2", "Den"))).Room;
        await Commit(new Join(shut, null, den.Id), new Join(bob, null, den.Id), new SetRole(alice, null, den.Id, shut.Id, Standing.Moderator));
        await Commit<AccountChanged>(new SetActive(owner, shut.Id, On: false));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Transfer(alice, null, den.Id, shut.Id)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new SetRole(alice, null, den.Id, shut.Id, Standing.Owner)));
        var left = await Commit<Logged>(new Leave(alice, null, den.Id));
        Assert.Equal(bob.Id, Assert.IsType<Left>(left.Event).Heir?.Id);
    }

    [Fact]
    public async Task A_mute_outlives_coming_by_a_link()
    {
        var (alice, den) = await NewLinkedDen();
        var bob = await Guest("bob");
        var secret = (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()))).Secret;
        await Commit(new JoinByLink(bob, null, secret), new Mute(alice, null, den.Id, bob.Id), new Leave(bob, null, den.Id));
        await Commit<Logged>(new JoinByLink(bob, null, secret));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, den.Id, Body("x"))));
    }

    [Fact]
    public async Task Whoever_missed_the_secret_asks_again_and_gets_another_until_somebody_came_by_it()
    {
        var (alice, den) = await NewLinkedDen();
        var (eve, bob) = (await Guest("eve"), await Guest("bob"));
        var first = await Commit<LinkMade>(new MakeLink(alice, Cid("1"), den.Id, LinkSecret.New()));
        var second = await Commit<LinkMade>(new MakeLink(alice, Cid("1"), den.Id, LinkSecret.New()));
        Assert.Equal(first.Link, second.Link);
        Assert.Single(await Store.ReadLinksAsync(den.Id, default));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new JoinByLink(eve, null, first.Secret)));
        await Commit<Logged>(new JoinByLink(eve, null, second.Secret));
        Assert.Equal(Refusal.NoSuchLink, await Refused(new MakeLink(alice, Cid("1"), den.Id, LinkSecret.New())));
        await Commit<Logged>(new JoinByLink(bob, null, second.Secret));
        Assert.Equal(Refusal.CidConflict, await Refused(new MakeLink(alice, Cid("1"), (await NewRoom(alice, "dev")).Id, LinkSecret.New())));
    }

    [Fact]
    public async Task Thirty_days_by_a_clock_that_is_a_minute_ahead_are_thirty_days()
    {
        var (alice, den) = await NewLinkedDen();
        var until = Clock.NowMs + (30 * 86_400_000L) + 60_000;
        Assert.Equal(until, (await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New(), Until: until))).Link.Until);
    }

    [Fact]
    public async Task Links_have_bounds_and_dead_ones_make_room()
    {
        var (alice, den) = await NewLinkedDen();
        foreach (var until in new[] { 0, Clock.NowMs, Clock.NowMs + (30 * 86_400_000L) + 60_001, long.MaxValue })
            Assert.Equal(Refusal.BadUntil, await Refused(new MakeLink(alice, null, den.Id, LinkSecret.New(), Until: until)));
        foreach (var uses in new long[] { 0, -1, 1001, long.MaxValue })
            Assert.Equal(Refusal.BadUses, await Refused(new MakeLink(alice, null, den.Id, LinkSecret.New(), Uses: uses)));
        await Commit([.. Enumerable.Range(0, 100).Select(i => new MakeLink(alice, null, den.Id, LinkSecret.New(), Until: Clock.NowMs + 1 + i))]);
        Assert.Equal(Refusal.TooMany, await Refused(new MakeLink(alice, null, den.Id, LinkSecret.New())));
        Clock.Now += TimeSpan.FromMilliseconds(1);
        await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()));
        Assert.Equal(Refusal.TooMany, await Refused(new MakeLink(alice, null, den.Id, LinkSecret.New())));
        Assert.Equal(100, (await Store.ReadLinksAsync(den.Id, default)).Count);
    }

    [Fact]
    public async Task Links_are_made_by_who_may_invite_and_revoked_by_who_made_them_or_moderates()
    {
        var (alice, den) = await NewLinkedDen();
        var (bob, carol) = (await Guest("bob"), await Guest("carol"));
        var alices = await Commit<LinkMade>(new MakeLink(alice, null, den.Id, LinkSecret.New()));
        await Commit(new JoinByLink(bob, null, alices.Secret), new JoinByLink(carol, null, alices.Secret));
        var bobs = await Commit<LinkMade>(new MakeLink(bob, null, den.Id, LinkSecret.New()));
        Assert.Equal(Refusal.Forbidden, await Refused(new RevokeLink(carol, null, den.Id, bobs.Link.Uid)));
        Assert.Equal(Refusal.Forbidden, await Refused(new RevokeLink(bob, null, den.Id, alices.Link.Uid)));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new RevokeLink(await Guest("eve"), null, den.Id, bobs.Link.Uid)));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new MakeLink(await Guest("eva"), null, den.Id, LinkSecret.New())));
        // Of another room it is none.
        await Commit<Logged>(new RevokeLink(alice, null, (await NewRoom(alice, "dev")).Id, bobs.Link.Uid));
        Assert.Equal([alices.Link.Uid, bobs.Link.Uid], (await Store.ReadLinksAsync(den.Id, default)).Select(l => l.Uid));
        var revoked = await Commit<Logged>(new RevokeLink(bob, Cid("1"), den.Id, bobs.Link.Uid));
        Assert.Equal((await Head(den)).Seq, revoked.Seq);
        Assert.Equal(revoked.Seq, (await Commit<Logged>(new RevokeLink(bob, Cid("1"), den.Id, bobs.Link.Uid))).Seq);
        await Commit<Logged>(new RevokeLink(alice, null, den.Id, alices.Link.Uid));
        Assert.Empty(await Store.ReadLinksAsync(den.Id, default));
    }

    [Fact]
    public async Task A_used_client_id_tells_nothing_of_a_room_that_one_may_not_know_of()
    {
        var (alice, den) = await NewLinkedDen();
        var eve = await Guest("eve");
        await Say(eve, await Lobby(), "hello", "used");
        foreach (var room in new[] { den.Id, new RoomId(999) })
        {
            Assert.Equal(Refusal.CidConflict, await Refused(new Post(eve, Cid("used"), room, Body("x"))));
            Assert.Equal(Refusal.CidConflict, await Refused(new Join(eve, Cid("used"), room)));
            Assert.Equal(Refusal.CidConflict, await Refused(new Leave(eve, Cid("used"), room)));
            Assert.Equal(Refusal.CidConflict, await Refused(new SetTopic(eve, Cid("used"), room, "x")));
            Assert.Equal(Refusal.CidConflict, await Refused(new MakeLink(eve, Cid("used"), room, LinkSecret.New())));
            Assert.Equal(Refusal.CidConflict, await Refused(new RevokeLink(eve, Cid("used"), room, Guid.NewGuid())));
            Assert.Equal(Refusal.NoSuchRoom, await Refused(new Post(eve, Cid("new"), room, Body("x"))));
        }
    }

    private async Task<(User Alice, Room Den)> NewLinkedDen()
    {
        var alice = await Guest("alice");
        return (alice, await NewDen(alice));
    }
}
