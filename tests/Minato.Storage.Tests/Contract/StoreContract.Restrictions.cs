using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly RoomKey Beer = RoomKey.TryParse("beer")!;

    [Fact]
    public async Task What_is_restricted_and_freed_is_one_event_that_says_what_changed()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var set = await Commit<Logged>(new Restrict(alice, Cid("1"), dev.Id, Restrictions.TopicLocked | Restrictions.Unlisted, Restrictions.None));
        Assert.Equal(new RestrictionsChanged(dev.Id, set.Seq, set.Ts, alice, Restrictions.TopicLocked | Restrictions.Unlisted, Restrictions.None), (await Events(dev, bob))[^1]);
        Assert.Null((await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.Unlisted, Restrictions.None))).Event);
        await ReopenAsync();
        Assert.Equal(Restrictions.TopicLocked | Restrictions.Unlisted, (await Store.FindRoomAsync(dev.Uid, default))!.Restrictions);

        var changed = await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.MembersOnly, Restrictions.TopicLocked | Restrictions.InviteOnly));
        Assert.Equal(new RestrictionsChanged(dev.Id, changed.Seq, changed.Ts, alice, Restrictions.MembersOnly, Restrictions.TopicLocked), (await Events(dev, bob))[^1]);
        Assert.Equal(set.Seq, (await Commit<Logged>(new Restrict(alice, Cid("1"), dev.Id, Restrictions.TopicLocked, Restrictions.None))).Seq);
        Assert.Equal(Refusal.Forbidden, await Refused(new Restrict(bob, null, dev.Id, Restrictions.None, Restrictions.All)));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        Assert.Equal(Restrictions.None, (await Commit<Logged>(new Restrict(bob, null, dev.Id, Restrictions.None, Restrictions.All))).Room.Restrictions);
    }

    [Fact]
    public async Task Into_a_room_by_invitation_come_those_who_were_invited_and_others_read_nothing_of_it()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Say(alice, dev, "hello @carol, lighthouse");
        Assert.Single(await Store.ReadMentionsAsync(carol.Id, 10, default));
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.InviteOnly, Restrictions.None));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(carol, null, dev.Id)));
        Assert.Equal(Refusal.NotAMember, await Refused(new Post(carol, null, dev.Id, Body("x"))));
        Assert.Empty(await Store.ReadMentionsAsync(carol.Id, 10, default));
        Assert.Equal(Refusal.Forbidden, await Refused(new Invite(bob, null, dev.Id, carol.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new MakeLink(bob, null, dev.Id, LinkSecret.New())));

        await Commit<Logged>(new Invite(alice, null, dev.Id, carol.Id));
        await Commit<Logged>(new Join(carol, null, dev.Id));
        var link = await Commit<LinkMade>(new MakeLink(alice, null, dev.Id, LinkSecret.New()));
        await Commit<Logged>(new JoinByLink(dan, null, link.Secret));
        // An invitation is used once.
        await Commit<Logged>(new Leave(carol, null, dev.Id));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(carol, null, dev.Id)));

        var lobby = (await Store.FindRoomAsync(Slug.Lobby, default))!;
        await Commit<Logged>(new Join(bob, null, lobby.Id));
        Assert.Equal(Refusal.NotAMember, await Refused(new Restrict(alice, null, lobby.Id, Restrictions.InviteOnly, Restrictions.None)));
    }

    [Fact]
    public async Task Past_a_door_comes_who_was_invited_by_somebody_who_might_invite_still()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Commit<Logged>(new Invite(bob, null, dev.Id, carol.Id));
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.InviteOnly, Restrictions.None));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(carol, null, dev.Id)));
        // Made a moderator he might invite anybody, and so the one whom he did.
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        Assert.Null((await Commit<Logged>(new Invite(alice, null, dev.Id, carol.Id))).Event);
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Member));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(carol, null, dev.Id)));
        // What lets nobody in does not stand in the way of what does.
        Assert.NotNull((await Commit<Logged>(new Invite(alice, null, dev.Id, carol.Id))).Event);
        await Commit<Logged>(new Join(carol, null, dev.Id));
    }

    [Fact]
    public async Task An_invitation_of_one_who_is_gone_opens_neither_a_key_s_door_nor_a_full_room()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Commit(new Invite(bob, null, dev.Id, carol.Id), new Invite(bob, null, dev.Id, dan.Id), new SetKey(alice, null, dev.Id, Beer));
        await Commit<Logged>(new Join(carol, null, dev.Id));
        await Commit<Logged>(new Leave(bob, null, dev.Id));
        Assert.Equal(Refusal.WrongKey, await Refused(new Join(dan, null, dev.Id)));
        await Commit(new SetKey(alice, null, dev.Id, null), new SetMemberLimit(alice, null, dev.Id, 1));
        Assert.Equal(Refusal.RoomFull, await Refused(new Join(dan, null, dev.Id)));
        await Commit<Logged>(new SetMemberLimit(alice, null, dev.Id, null));
        await Commit<Logged>(new Join(dan, null, dev.Id));
    }

    [Fact]
    public async Task An_invitation_of_one_whose_account_is_shut_opens_no_door()
    {
        var (admin, eve, carol) = (await Account("admin", ServerRole.Admin), await Account("eve"), await Guest("carol"));
        var alice = await Guest("alice");
        var dev = await NewRoom(alice, "dev");
        await Commit<Logged>(new Join(eve, null, dev.Id));
        await Commit(new SetRole(alice, null, dev.Id, eve.Id, Standing.Moderator), new Restrict(alice, null, dev.Id, Restrictions.InviteOnly, Restrictions.None));
        await Commit<Logged>(new Invite(eve, null, dev.Id, carol.Id));
        await Commit<Core.Accounts.AccountChanged>(new Core.Accounts.Purge(admin, eve.Id, Deactivate: true));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(carol, null, dev.Id)));
    }

    [Fact]
    public async Task A_key_lets_in_whoever_has_it_and_is_in_no_event()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        var set = await Commit<Logged>(new SetKey(alice, null, dev.Id, Beer));
        Assert.Equal(new KeyChanged(dev.Id, set.Seq, set.Ts, alice, On: true), (await Events(dev, bob))[^1]);
        await ReopenAsync();
        Assert.Equal(Beer, (await Store.FindRoomAsync(dev.Uid, default))!.Key);
        Assert.Equal(Refusal.WrongKey, await Refused(new Join(carol, null, dev.Id)));
        Assert.Equal(Refusal.WrongKey, await Refused(new Join(carol, null, dev.Id) { Key = RoomKey.TryParse("Beer") }));
        var joined = await Commit<Logged>(new Join(carol, Cid("1"), dev.Id) { Key = Beer });
        await Commit<Logged>(new SetKey(alice, null, dev.Id, RoomKey.TryParse("wine")));
        // Who is in stays, and a repeat is answered as the first was.
        Assert.Equal(joined.Seq, (await Commit<Logged>(new Join(carol, Cid("1"), dev.Id) { Key = Beer })).Seq);
        Assert.Equal(Refusal.WrongKey, await Refused(new Join(await Guest("dan"), null, dev.Id) { Key = Beer }));
        await Commit<Logged>(new SetKey(alice, null, dev.Id, null));
        await Commit<Logged>(new Join(await Guest("eve"), null, dev.Id));
    }

    [Fact]
    public async Task Whoever_tries_keys_waits_after_twenty_also_with_the_right_one()
    {
        var (alice, _, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Commit<Logged>(new SetKey(alice, null, dev.Id, Beer));
        for (var i = 0; i < 20; i++)
            Assert.Equal(Refusal.WrongKey, await Refused(new Join(carol, null, dev.Id) { Key = RoomKey.TryParse($"beer{i}") }));
        var refused = await Commit<Refused>(new Join(carol, null, dev.Id) { Key = Beer });
        Assert.Equal((Refusal.RateLimited, TimeSpan.FromMinutes(1)), (refused.Reason, refused.RetryAfter));
        Clock.Now += TimeSpan.FromMinutes(1);
        await Commit<Logged>(new Join(carol, null, dev.Id) { Key = Beer });
    }

    [Fact]
    public async Task A_room_takes_as_many_as_its_limit_says_and_whoever_is_invited_besides()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        var set = await Commit<Logged>(new SetMemberLimit(alice, null, dev.Id, 2));
        Assert.Equal(new MemberLimitChanged(dev.Id, set.Seq, set.Ts, alice, 2), (await Events(dev, bob))[^1]);
        await ReopenAsync();
        Assert.Equal(Refusal.RoomFull, await Refused(new Join(carol, null, dev.Id)));
        await Commit<Logged>(new Leave(bob, null, dev.Id));
        // Both ask in one batch: the second finds the first inside.
        var outcomes = await Commit(new Join(carol, null, dev.Id), new Join(dan, null, dev.Id));
        Assert.IsType<Logged>(outcomes[0]);
        Assert.Equal(Refusal.RoomFull, Assert.IsType<Refused>(outcomes[1]).Reason);
        await Commit<Logged>(new Invite(alice, null, dev.Id, dan.Id));
        await Commit<Logged>(new Join(dan, null, dev.Id));
        await Commit<Logged>(new SetMemberLimit(alice, null, dev.Id, 1));
        await Say(dan, dev, "still here");
        foreach (var members in new long[] { 0, -1, 1_000_001 })
            Assert.Equal(Refusal.BadLimit, await Refused(new SetMemberLimit(alice, null, dev.Id, members)));
        await Commit<Logged>(new SetMemberLimit(alice, null, dev.Id, null));
        await Commit<Logged>(new Join(bob, null, dev.Id));
    }

    [Fact]
    public async Task A_private_room_has_neither_key_nor_limit()
    {
        var alice = await Guest("alice");
        var den = await NewDen(alice);
        Assert.Equal(Refusal.Forbidden, await Refused(new SetKey(alice, null, den.Id, Beer)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetMemberLimit(alice, null, den.Id, 2)));
    }

    [Fact]
    public async Task A_speaker_posts_among_announcements_and_changes_no_topic_that_is_locked()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new SetPosting(alice, null, dev.Id, Posting.Moderators));
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.TopicLocked, Restrictions.None));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        var given = await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Speaker));
        Assert.Equal(new RoleChanged(dev.Id, given.Seq, given.Ts, alice, bob, Standing.Speaker) { Was = Standing.Member }, (await Events(dev, bob))[^1]);
        await Say(bob, dev, "may I?");
        Assert.Equal(Refusal.Forbidden, await Refused(new SetTopic(bob, null, dev.Id, "x")));
        // Higher than a member, lower than whoever moderates.
        Assert.Equal(Refusal.Forbidden, await Refused(new Kick(bob, null, dev.Id, alice.Id)));
        var carol = await Guest("carol");
        await Commit<Logged>(new Join(carol, null, dev.Id));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, carol.Id, Standing.Moderator));
        await Commit<Logged>(new SetRole(carol, null, dev.Id, bob.Id, Standing.Member));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        // The one who moderates inherits, not the one who speaks.
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Speaker));
        await Commit<Logged>(new Leave(alice, null, dev.Id));
        Assert.Equal(Standing.Owner, (await Store.ReadMembersAsync(dev.Id, null, 10, default)).Single(m => m.User == carol).Role);
    }

    [Fact]
    public async Task An_unlisted_room_is_listed_to_its_members_and_joined_by_its_name()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.Unlisted, Restrictions.None));
        Assert.Contains(await Store.ListPublicRoomsAsync(bob.Id, 10, default), l => l.View.Room.Id == dev.Id);
        Assert.DoesNotContain(await Store.ListPublicRoomsAsync(carol.Id, 10, default), l => l.View.Room.Id == dev.Id);
        Assert.DoesNotContain(await Store.ListPublicRoomsAsync(null, 10, default), l => l.View.Room.Id == dev.Id);
        await Commit<Logged>(new Join(carol, null, dev.Id));
        Assert.Contains(await Store.ListPublicRoomsAsync(carol.Id, 10, default), l => l.View.Room.Id == dev.Id);
    }

    [Fact]
    public async Task In_a_room_for_members_those_who_look_on_read_and_do_not_speak()
    {
        var (alice, _, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Say(alice, dev, "from inside");
        var said = await Say(carol, dev, "from outside");
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.MembersOnly, Restrictions.None));
        Assert.Equal(Refusal.NotAMember, await Refused(new Post(carol, null, dev.Id, Body("x"))));
        Assert.Equal(Refusal.NotAMember, await Refused(new Edit(carol, null, dev.Id, said.Seq, Body("x"))));
        Assert.Equal(Refusal.NotAMember, await Refused(new React(carol, null, dev.Id, said.Seq, "+1", On: true)));
        await Commit<Logged>(new Delete(carol, null, dev.Id, said.Seq));
        Assert.NotEmpty((await Store.ReadHistoryAsync(dev.Id, carol.Id, new PageRequest(null, null, 50), default)).Messages);
        await Commit<Logged>(new Join(carol, null, dev.Id));
        await Say(carol, dev, "inside, too");
    }
}
