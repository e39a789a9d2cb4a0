using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_helper_is_held_back_by_nothing_that_holds_for_the_many()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit(
            new SetPosting(alice, null, dev.Id, Posting.Moderators), new SetSlowMode(alice, null, dev.Id, 30), Pattern(alice, dev, PatternList.Mute, "bob"),
            new Restrict(alice, null, dev.Id, Restrictions.TopicLocked | Restrictions.InviteOnly, Restrictions.None));
        var given = await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Helper));
        Assert.Equal(new RoleChanged(dev.Id, given.Seq, given.Ts, alice, bob, Standing.Helper) { Was = Standing.Member }, (await Events(dev, bob))[^1]);
        await ReopenAsync();
        Assert.Equal(Standing.Helper, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        Assert.Equal(Standing.Helper, (await Store.ListRoomsAsync(bob.Id, default)).Single(v => v.Room.Id == dev.Id).Role);
        await Say(bob, dev, "one");
        await Say(bob, dev, "two");
        await Commit<Logged>(new SetTopic(bob, null, dev.Id, "order"));
        // As a member again, with the posts of a helper uncounted.
        await Commit(new SetRole(alice, null, dev.Id, bob.Id, Standing.Member), new SetPosting(alice, null, dev.Id, Posting.Everyone));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("muted by a pattern"))));
        await Commit<Logged>(new SetPattern(alice, null, dev.Id, PatternList.Mute, Like("bob"), On: false));
        await Say(bob, dev, "three");
        Assert.Equal(Refusal.SlowMode, await Refused(new Post(bob, null, dev.Id, Body("four"))));
    }

    [Fact]
    public async Task A_helpers_invitation_passes_a_door_and_no_bans_pattern()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, eve) = (await Guest("carol"), await Guest("eve"));
        await Commit(
            new SetRole(alice, null, dev.Id, bob.Id, Standing.Helper), new Restrict(alice, null, dev.Id, Restrictions.InviteOnly, Restrictions.None),
            new SetKey(alice, null, dev.Id, Beer), Pattern(alice, dev, PatternList.Ban, "eve"));
        await Commit(new Invite(bob, null, dev.Id, carol.Id), new Invite(bob, null, dev.Id, eve.Id));
        await Commit<Logged>(new Join(carol, null, dev.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Join(eve, null, dev.Id)));
        // It lets in as long as its maker may invite.
        var dan = await Guest("dan");
        await Commit(new Invite(bob, null, dev.Id, dan.Id), new SetRole(alice, null, dev.Id, bob.Id, Standing.Member));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(dan, null, dev.Id)));
    }

    [Fact]
    public async Task A_helper_gives_what_is_below_them_and_stays_what_they_are()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Commit(
            new Join(carol, null, dev.Id), new Join(dan, null, dev.Id),
            new SetRole(alice, null, dev.Id, bob.Id, Standing.Helper), new SetRole(alice, null, dev.Id, dan.Id, Standing.Moderator));
        foreach (var role in new[] { Standing.Helper, Standing.Moderator, Standing.Owner })
            Assert.Equal(Refusal.Forbidden, await Refused(new SetRole(bob, null, dev.Id, carol.Id, role)));
        foreach (var role in new[] { Standing.Speaker, Standing.Member })
            Assert.NotNull((await Commit<Logged>(new SetRole(bob, null, dev.Id, carol.Id, role))).Event);
        // A moderator gives what they are themselves, and takes a helper's role.
        await Commit(new SetRole(dan, null, dev.Id, carol.Id, Standing.Helper), new SetRole(dan, null, dev.Id, bob.Id, Standing.Member), new SetRole(dan, null, dev.Id, bob.Id, Standing.Helper));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetRole(bob, null, dev.Id, carol.Id, Standing.Member)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetRole(bob, null, dev.Id, bob.Id, Standing.Moderator)));
        Assert.Null((await Commit<Logged>(new SetRole(bob, null, dev.Id, bob.Id, Standing.Helper))).Event);
        Assert.NotNull((await Commit<Logged>(new SetRole(bob, null, dev.Id, bob.Id, Standing.Speaker))).Event);
        Assert.Equal(Refusal.Forbidden, await Refused(new SetRole(bob, null, dev.Id, bob.Id, Standing.Helper)));
    }

    [Fact]
    public async Task A_helper_inherits_before_members_and_after_moderators()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Commit(
            new Join(carol, null, dev.Id), new Join(dan, null, dev.Id),
            new SetRole(alice, null, dev.Id, carol.Id, Standing.Helper), new SetRole(alice, null, dev.Id, dan.Id, Standing.Moderator));
        Assert.Equal(dan, Assert.IsType<Left>((await Commit<Logged>(new Leave(alice, null, dev.Id))).Event).Heir);
        Assert.Equal(carol, Assert.IsType<Left>((await Commit<Logged>(new Leave(dan, null, dev.Id))).Event).Heir);
        Assert.Equal(bob, Assert.IsType<Left>((await Commit<Logged>(new Leave(carol, null, dev.Id))).Event).Heir);
    }
}
