using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_pattern_is_one_event_and_stays_in_its_list_until_it_is_taken_out()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var set = await Commit<Logged>(new SetPattern(alice, Cid("1"), dev.Id, PatternList.Ban, Like("Carol!*@*"), On: true));
        Assert.Equal(new PatternChanged(dev.Id, set.Seq, set.Ts, alice, PatternList.Ban, "Carol!*@*", On: true), (await Events(dev, bob))[^1]);
        // Case is folded; the same in another list is another.
        Assert.Null((await Commit<Logged>(new SetPattern(alice, null, dev.Id, PatternList.Ban, Like("cAROL"), On: true))).Event);
        await Commit<Logged>(new SetPattern(alice, null, dev.Id, PatternList.BanException, Like("account:carol"), On: true));
        await ReopenAsync();
        Assert.Equal(
            [new ListedPattern(PatternList.Ban, Like("Carol!*@*"), alice, set.Ts), new ListedPattern(PatternList.BanException, Like("account:carol"), alice, (await Events(dev, bob))[^1].Ts)],
            await Store.ReadPatternsAsync(dev.Id, default));
        Assert.Equal(2, (await Store.FindRoomAsync(dev.Uid, default))!.Patterns);
        Assert.Equal(Refusal.Forbidden, await Refused(new SetPattern(bob, null, dev.Id, PatternList.Ban, Like("carol"), On: false)));
        await Commit<Logged>(new SetPattern(alice, null, dev.Id, PatternList.Ban, Like("carol"), On: false));
        Assert.Equal(set.Seq, (await Commit<Logged>(new SetPattern(alice, Cid("1"), dev.Id, PatternList.Ban, Like("Carol!*@*"), On: true))).Seq);
        Assert.Single(await Store.ReadPatternsAsync(dev.Id, default));
    }

    [Fact]
    public async Task Who_is_like_a_ban_stays_outside_or_says_nothing_unless_they_are_like_an_exception_as_well()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Commit(Pattern(alice, dev, PatternList.Ban, "?ob"), Pattern(alice, dev, PatternList.Ban, "ＣAR*!u@*.irc.minato"));
        await ReopenAsync();
        Assert.Equal(Refusal.Forbidden, await Refused(new Join(carol, null, dev.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(carol, null, dev.Id, Body("x"))));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        // What they are called elsewhere is another's name.
        await Commit<Logged>(new Join(carol, null, dev.Id) { Username = "~carol" });
        await Commit<Logged>(new Post(carol, null, dev.Id, Body("x")) { Username = "~carol" });
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(carol, null, dev.Id, Body("x"))));
        // What was found of them is found anew when they, their client or the list change.
        await Commit<UserChanged>(new Rename(carol, null, "dora"));
        await Say(carol, dev, "x");
        await Commit<UserChanged>(new Rename(carol, null, "carol"));
        await Commit(Pattern(alice, dev, PatternList.BanException, $"*!*@{carol.Uid.ToString("N")[^8..]}.*"));
        await Say(carol, dev, "x");
        // A voice is above it, and so is who moderates.
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Speaker));
        await Say(bob, dev, "x");
        await Commit(Pattern(alice, dev, PatternList.Ban, "*"));
        await Say(alice, dev, "x");
    }

    [Fact]
    public async Task Past_a_pattern_comes_who_was_invited_by_one_who_moderates()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Commit(Pattern(alice, dev, PatternList.Ban, "carol"), Pattern(alice, dev, PatternList.Ban, "dan"));
        await Commit(new Invite(alice, null, dev.Id, carol.Id), new Invite(bob, null, dev.Id, dan.Id));
        await Commit<Logged>(new Join(carol, null, dev.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Join(dan, null, dev.Id)));
        // One by a moderator takes the place of a member's, and no member takes it away.
        Assert.NotNull((await Commit<Logged>(new Invite(alice, null, dev.Id, dan.Id))).Event);
        Assert.Null((await Commit<Logged>(new Invite(bob, null, dev.Id, dan.Id))).Event);
        Assert.Null((await Commit<Logged>(new Invite(alice, null, dev.Id, dan.Id))).Event);
        await Commit<Logged>(new Join(dan, null, dev.Id));
        // It is used once.
        await Commit<Logged>(new Leave(carol, null, dev.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Join(carol, null, dev.Id)));
    }

    [Fact]
    public async Task Who_is_like_a_mute_says_nothing_and_who_is_like_an_invitation_needs_none()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dan) = (await Guest("carol"), await Guest("dan"));
        await Commit(Pattern(alice, dev, PatternList.Mute, "bob"), Pattern(alice, dev, PatternList.InviteException, "c*"));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        await Commit<UserChanged>(new Rename(bob, null, "robert"));
        await Say(bob, dev, "x");
        await Commit(Pattern(alice, dev, PatternList.Mute, "rob*"), Pattern(alice, dev, PatternList.MuteException, "*ert"));
        await Say(bob, dev, "x");

        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.InviteOnly, Restrictions.None));
        await Commit<Logged>(new Join(carol, null, dev.Id));
        Assert.Equal(Refusal.InviteOnly, await Refused(new Join(dan, null, dev.Id)));
        // It opens that door alone.
        await Commit(new Leave(carol, null, dev.Id), new SetKey(alice, null, dev.Id, Beer));
        Assert.Equal(Refusal.WrongKey, await Refused(new Join(carol, null, dev.Id)));
    }

    [Fact]
    public async Task A_room_has_a_hundred_patterns_and_a_private_one_none()
    {
        var (alice, _, dev) = await TwoInARoom();
        await Commit([.. Enumerable.Range(0, 100).Select(i => Pattern(alice, dev, (PatternList)(i % 5), $"n{i}"))]);
        Assert.Equal(Refusal.TooMany, await Refused(Pattern(alice, dev, PatternList.Ban, "one-more")));
        Assert.Null((await Commit<Logged>(Pattern(alice, dev, PatternList.Ban, "n0"))).Event);
        await Commit<Logged>(new SetPattern(alice, null, dev.Id, PatternList.Ban, Like("n0"), On: false));
        await Commit<Logged>(Pattern(alice, dev, PatternList.Ban, "one-more"));
        Assert.Equal(Refusal.Forbidden, await Refused(Pattern(alice, await NewDen(alice), PatternList.Ban, "bob")));
    }

    [Fact]
    public async Task Who_set_the_topic_is_told_by_their_name_of_today_to_those_who_see_that_they_did()
    {
        var (alice, bob, dev) = await TwoInARoom();
        Assert.Null(await Store.ReadTopicSetterAsync(dev.Id, bob.Id, default));
        await Commit<Logged>(new SetTopic(alice, null, dev.Id, "boats"));
        var set = await Commit<Logged>(new SetTopic(bob, null, dev.Id, "ships"));
        var renamed = await Commit<UserChanged>(new Rename(bob, null, "robert"));
        await ReopenAsync();
        Assert.Equal(new TopicSetter(renamed.User, set.Ts), await Store.ReadTopicSetterAsync(dev.Id, alice.Id, default));
        await Commit<Logged>(new SetHistory(alice, null, dev.Id, HistoryView.Joined));
        var carol = await Guest("carol");
        await Commit<Logged>(new Join(carol, null, dev.Id));
        Assert.Null(await Store.ReadTopicSetterAsync(dev.Id, carol.Id, default));
        Assert.Null(await Store.ReadTopicSetterAsync(dev.Id, null, default));
        Assert.NotNull(await Store.ReadTopicSetterAsync(dev.Id, alice.Id, default));
    }

    private static UserPattern Like(string text) => UserPattern.TryParse(text)!;

    private static SetPattern Pattern(User actor, Room room, PatternList list, string text) => new(actor, null, room.Id, list, Like(text), On: true);
}
