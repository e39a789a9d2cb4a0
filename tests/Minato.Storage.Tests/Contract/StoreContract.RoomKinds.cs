using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task In_a_room_of_announcements_only_those_who_moderate_post()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(bob, dev, "before");
        var changed = await Commit<Logged>(new SetPosting(alice, Cid("1"), dev.Id, Posting.Moderators));
        Assert.Equal(new PostingChanged(dev.Id, changed.Seq, changed.Ts, alice, Posting.Moderators), (await Events(dev, bob))[^1]);
        Assert.Equal(Posting.Moderators, changed.Room.Posting);
        await ReopenAsync();
        Assert.Equal(Posting.Moderators, (await Store.FindRoomAsync(dev.Uid, default))!.Posting);

        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(await Guest("eve"), null, dev.Id, Body("x"))));
        // An old message with a new text would be a post.
        Assert.Equal(Refusal.Forbidden, await Refused(new Edit(bob, null, dev.Id, said.Seq, Body("x"))));
        await Commit<Logged>(new React(bob, null, dev.Id, (await Say(alice, dev, "news")).Seq, "+1", On: true));
        await Commit<Logged>(new Delete(bob, null, dev.Id, said.Seq));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        await Say(bob, dev, "more news");
        Assert.Equal(Refusal.Forbidden, await Refused(new SetPosting(bob, null, dev.Id, Posting.Everyone)));
        await Commit<Logged>(new SetPosting(alice, null, dev.Id, Posting.Everyone));
        Assert.Equal(changed.Seq, (await Commit<Logged>(new SetPosting(alice, Cid("1"), dev.Id, Posting.Moderators))).Seq);
        await Say(await Guest("carol"), dev, "hello");
    }

    [Fact]
    public async Task In_slow_mode_each_waits_from_one_post_to_the_next_and_hears_exactly_how_long()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Say(bob, dev, "before it");
        await Commit<Logged>(new SetSlowMode(alice, null, dev.Id, 30));
        var first = await Say(bob, dev, "one", "1");
        Clock.Now += TimeSpan.FromMilliseconds(10_001);
        Assert.Equal(TimeSpan.FromMilliseconds(19_999), await WaitFor(bob, dev));
        // Another one has a time of their own, and those who moderate have none.
        await Say(await Guest("carol"), dev, "I, too");
        await Say(alice, dev, "news");
        await Say(alice, dev, "more");
        // The first one again is no second.
        Assert.Equal(first.Seq, (await Say(bob, dev, "one", "1")).Seq);

        // A restart is no way around it, nor is a refused one counted.
        await ReopenAsync();
        Clock.Now += TimeSpan.FromMilliseconds(19_998);
        Assert.Equal(TimeSpan.FromMilliseconds(1), await WaitFor(bob, dev));
        Clock.Now += TimeSpan.FromMilliseconds(1);
        await Say(bob, dev, "two");
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitFor(bob, dev));

        // A clock that was set back makes nobody wait for it.
        Clock.Now -= TimeSpan.FromHours(1);
        await Say(bob, dev, "early");
        await Commit<Logged>(new SetSlowMode(alice, null, dev.Id, null));
        await Say(bob, dev, "free");
        await Commit<Logged>(new SetSlowMode(alice, null, dev.Id, 30));
        await Say(bob, dev, "the first again");
    }

    [Fact]
    public async Task Two_posts_of_one_batch_are_as_far_apart_as_two_batches()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new SetSlowMode(alice, null, dev.Id, 30));
        var outcomes = await Commit(new Post(bob, null, dev.Id, Body("one")), new Post(bob, null, dev.Id, Body("two")));
        Assert.IsType<Logged>(outcomes[0]);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<Refused>(outcomes[1]).RetryAfter);
    }

    [Fact]
    public async Task Slow_mode_is_for_moderators_to_set_within_bounds()
    {
        var (alice, bob, dev) = await TwoInARoom();
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlowMode(bob, null, dev.Id, 30)));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        var set = await Commit<Logged>(new SetSlowMode(bob, null, dev.Id, 21_600));
        Assert.Equal(new SlowModeChanged(dev.Id, set.Seq, set.Ts, bob, 21_600), (await Events(dev, alice))[^1]);
        Assert.Equal(21_600, (await Store.FindRoomAsync(dev.Uid, default))!.SlowSeconds);
        foreach (var seconds in new long[] { 0, -1, 21_601, long.MaxValue })
            Assert.Equal(Refusal.BadSeconds, await Refused(new SetSlowMode(alice, null, dev.Id, seconds)));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlowMode(alice, null, direct.Id, 30)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetPosting(alice, null, direct.Id, Posting.Moderators)));
    }

    [Fact]
    public async Task The_same_people_always_have_the_same_direct_room_whoever_opens_it()
    {
        var people = new List<User>();
        for (var i = 0; i < 11; i++)
            people.Add(await Guest($"person-{i}"));
        var made = await Commit<Logged>(new OpenDirect(people[2], Cid("1"), people[0].Id, people[1].Id));
        Assert.Equal(people[..3], made.Room.Users);
        Assert.Equal(people[..3], made.Entered);
        Assert.Equal(made.Room.Id, (await Commit<Logged>(new OpenDirect(people[1], null, people[2].Id, people[0].Id, people[1].Id, people[0].Id))).Room.Id);
        // One more, one less: another room, and the first stays whose it was.
        var two = await Commit<Logged>(new OpenDirect(people[0], null, people[1].Id));
        var four = await Commit<Logged>(new OpenDirect(people[0], null, people[1].Id, people[2].Id, people[3].Id));
        Assert.Equal(3, new HashSet<RoomId> { made.Room.Id, two.Room.Id, four.Room.Id }.Count);
        Assert.Equal(people[..4], (await ViewOf(four.Room, people[3])).Room.Users);
        await Say(people[1], made.Room, "for three");
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Post(people[3], null, made.Room.Id, Body("x"))));
        Assert.Equal(Refusal.Forbidden, await Refused(new Invite(people[0], null, made.Room.Id, people[3].Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new MakeLink(people[0], null, made.Room.Id, LinkSecret.New())));

        var ten = await Commit<Logged>(new OpenDirect(people[0], null, [.. people[1..10].Select(p => p.Id)]));
        Assert.Equal(10, ten.Room.Users.Count);
        Assert.Equal(Refusal.TooMany, await Refused(new OpenDirect(people[0], null, [.. people[1..11].Select(p => p.Id)])));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new OpenDirect(people[0], null, people[1].Id, new UserId(999))));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new OpenDirect(people[0], null, people[1].Id, (await System()).Id)));
        // Under the same id the others are something else.
        Assert.Equal(made.Seq, (await Commit<Logged>(new OpenDirect(people[2], Cid("1"), people[1].Id, people[0].Id))).Seq);
        Assert.Equal(Refusal.CidConflict, await Refused(new OpenDirect(people[2], Cid("1"), people[1].Id)));
    }

    private async Task<TimeSpan?> WaitFor(User user, Room room)
    {
        var refused = await Commit<Refused>(new Post(user, null, room.Id, Body("too soon")));
        Assert.Equal(Refusal.SlowMode, refused.Reason);
        return refused.RetryAfter;
    }
}
