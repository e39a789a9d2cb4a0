using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task How_long_a_room_keeps_what_is_said_is_its_owners_to_say()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Core.Rights.Standing.Moderator));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetRetention(bob, null, dev.Id, 7)));
        foreach (var days in new long[] { 0, -1, 3651, long.MaxValue })
            Assert.Equal(Refusal.BadDays, await Refused(new SetRetention(alice, null, dev.Id, days)));
        var set = await Commit<Logged>(new SetRetention(alice, Cid("r"), dev.Id, 3650));
        Assert.Equal(new RetentionChanged(dev.Id, set.Seq, set.Ts, alice, 3650), set.Event);
        Assert.Null((await Commit<Logged>(new SetRetention(alice, null, dev.Id, 3650))).Event);
        await ReopenAsync();
        Assert.Equal(3650, (await ViewOf(dev, bob)).Room.RetentionDays);
        Assert.Equal(set.Event, (await Events(dev, bob))[^1]);
        var forEver = await Commit<Logged>(new SetRetention(alice, null, dev.Id, null));
        Assert.Equal(new RetentionChanged(dev.Id, forEver.Seq, forEver.Ts, alice, null), forEver.Event);
        Assert.Equal(forEver.Event, (await Events(dev, bob))[^1]);
        Assert.Null((await Store.FindRoomAsync("dev", default))!.RetentionDays);
        await AssertRepeat(set, new SetRetention(alice, Cid("r"), dev.Id, 3650));
    }

    [Fact]
    public async Task What_is_older_than_its_room_keeps_it_is_gone_from_every_reading_and_the_rest_is_as_it_was()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new SetTopic(alice, null, dev.Id, "the topic"));
        var old = await Say(alice, dev, "old @bob", "old");
        var root = await Say(alice, dev, "root @everyone");
        await Commit<Logged>(new React(bob, null, dev.Id, old.Seq, "👍", true));
        await Commit<Logged>(new Pin(bob, null, dev.Id, old.Seq, true));
        Clock.Advance(TimeSpan.FromDays(5));
        var reply = await Commit<Logged>(new Post(bob, null, dev.Id, Body("reply @bob"), root.Seq));
        var edited = await Commit<Logged>(new Edit(alice, null, dev.Id, old.Seq, Body("still old @bob")));
        var young = await Say(alice, dev, "young");
        await Commit<Logged>(new SetRetention(alice, null, dev.Id, 7));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty((await Store.MaintainAsync(default)).Trimmed); // seven days to the millisecond: not older

        var trimmed = Assert.Single(await Sweep());
        Assert.Equal(new Trimmed(dev.Id, reply.Seq, 2), trimmed);
        await ReopenAsync();
        var head = await Head(dev);
        Assert.Equal((reply.Seq, 2L, 4L), (head.FirstSeq, head.TrimmedPosts, head.PostNo));
        foreach (var user in new[] { alice, bob, null })
        {
            var events = await Events(dev, user);
            Assert.Equal(Enumerable.Range((int)reply.Seq, (int)(head.Seq - reply.Seq + 1)).Select(s => (long)s), events.Select(e => e.Seq));
            Assert.Equal(reply.Event, events[0]);
            Assert.Equal((edited.Event as Edited)! with { Body = null }, events[1]); // young, of a message that is old
            Assert.Empty(await Events(dev, user, after: 0, upTo: reply.Seq - 1));
            Assert.Equal(reply.Seq, await Store.ReadFirstOfSpanAsync(dev.Id, user?.Id, default));
            var page = await History(dev, user);
            Assert.Equal("reply @bob, young", string.Join(", ", Texts(page)));
            Assert.False(page.More);
            Assert.Equal(root.Seq, page.Messages[0].ReplyTo);
            Assert.False((await History(dev, user, before: young.Seq, limit: 1)).More);
            Assert.Empty((await History(dev, user, before: reply.Seq)).Messages);
            Assert.Equal(["reply @bob"], Texts(await Store.ReadThreadAsync(dev.Id, user?.Id, root.Seq, new PageRequest(null, null, 9), default)));
            var around = await Store.ReadHistoryAsync(dev.Id, user?.Id, new PageRequest(null, null, 9) { Around = old.Seq }, default);
            Assert.Equal("reply @bob, young", string.Join(", ", Texts(around)));
            Assert.False(around.More);
        }
        Assert.Equal(["reply @bob"], await MentionsOf(bob));
        Assert.Empty(await Store.ReadPinsAsync(dev.Id, bob.Id, default));
        Assert.Equal("the topic", (await Store.FindRoomAsync("dev", default))!.Topic);
        foreach (var command in new Command[]
        {
            new Edit(alice, null, dev.Id, old.Seq, Body("x")), new Delete(alice, null, dev.Id, old.Seq), new React(bob, null, dev.Id, old.Seq, "👍", false),
            new Pin(bob, null, dev.Id, old.Seq, false), new Post(bob, null, dev.Id, Body("x"), root.Seq),
        })
            Assert.Equal(Refusal.NoSuchMessage, await Refused(command));
        Assert.Equal(root.Seq, ((Posted)(await Commit<Logged>(new Post(bob, null, dev.Id, Body("x"), reply.Seq))).Event!).ThreadRoot);
        AssertRepeat(old, await Say(alice, dev, "old @bob", "old"));
    }

    [Fact]
    public async Task What_is_gone_is_not_unread_and_read_positions_stay_where_they_are()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        await Commit<Logged>(new Join(carol, null, dev.Id));
        var first = await Say(alice, dev, "1");
        await Say(alice, dev, "2");
        await Commit(new MarkRead(carol, dev.Id, (await Say(alice, dev, "3")).Seq));
        Clock.Advance(TimeSpan.FromDays(2));
        await Say(alice, dev, "4");
        await Say(alice, dev, "5");
        Assert.Equal((5L, 2L), ((await ViewOf(dev, bob)).Unread, (await ViewOf(dev, carol)).Unread));
        await Commit<Logged>(new SetRetention(alice, null, dev.Id, 1));
        await Sweep();
        var read = (await ViewOf(dev, bob)).ReadSeq;
        Assert.Equal((2L, 2L), ((await ViewOf(dev, bob)).Unread, (await ViewOf(dev, carol)).Unread));
        // A position among what is gone still moves forward, and counts what is left.
        var moved = await Commit<ReadMoved>(new MarkRead(bob, dev.Id, first.Seq));
        Assert.Equal((first.Seq, 1L, 2L), (moved.Seq, moved.PostNo, moved.Unread));
        Assert.True(read < first.Seq);
        await ReopenAsync();
        Assert.Equal((first.Seq, 2L), ((await ViewOf(dev, bob)).ReadSeq, (await ViewOf(dev, bob)).Unread));
    }

    [Fact]
    public async Task A_room_of_which_all_is_gone_goes_on_where_it_was()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Say(alice, dev, "1");
        await Commit<Logged>(new SetRetention(alice, null, dev.Id, 1));
        Clock.Advance(TimeSpan.FromDays(2));
        await Sweep();
        var head = await Head(dev);
        Assert.Equal((head.Seq + 1, 1L, 1L), (head.FirstSeq, head.TrimmedPosts, head.PostNo));
        Assert.Equal((head.Seq, false, 0), ((await History(dev, bob)).Head, (await History(dev, bob)).More, (await History(dev, bob)).Messages.Count));
        Assert.Equal(0, (await ViewOf(dev, bob)).Unread);
        await ReopenAsync();
        var said = await Say(alice, dev, "2");
        Assert.Equal((head.Seq + 1, 2L), (said.Seq, ((Posted)said.Event!).PostNo));
        Assert.Equal([said.Event], await Events(dev, bob, after: head.Seq));
        Assert.Equal(1, (await ViewOf(dev, bob)).Unread);
    }

    [Fact]
    public async Task A_long_log_goes_slice_by_slice_and_at_every_moment_all_below_its_first_event_is_gone_and_the_rest_is_whole()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var other = await NewRoom(alice, "other");
        foreach (var batch in Enumerable.Range(0, 7))
            await Commit([.. Enumerable.Range(0, 100).SelectMany(i => new Command[] { new Post(alice, null, dev.Id, Body($"{(batch * 100) + i}")), new Post(alice, null, other.Id, Body("x")) })]);
        Clock.Advance(TimeSpan.FromDays(3));
        await Commit([.. Enumerable.Range(0, 100).Select(i => new Post(alice, null, dev.Id, Body($"{700 + i}")))]);
        await Commit<Logged>(new SetRetention(alice, null, dev.Id, 2));
        var (all, slices) = ((await Head(dev)).Seq, 0);
        for (var first = 1L; first < 703; slices++)
        {
            await Store.MaintainAsync(default);
            await ReopenAsync();
            Clock.Advance(TimeSpan.FromSeconds(1));
            var head = await Head(dev);
            Assert.InRange(head.FirstSeq, first + 1, first + 200);
            first = head.FirstSeq;
            var events = await Events(dev, bob);
            Assert.Equal((first, all), (events[0].Seq, events[^1].Seq));
            Assert.Equal(all - first + 1, events.Count);
            Assert.All(events.OfType<Posted>(), p => Assert.Equal($"{p.PostNo - 1}", p.Body?.ToString()));
            Assert.Equal(head.PostNo - head.TrimmedPosts, (await ViewOf(dev, bob)).Unread);
        }
        Assert.Equal(4, slices);
        await Sweep();
        Assert.Equal((703L, 700L), ((await Head(dev)).FirstSeq, (await Head(dev)).TrimmedPosts));
        Assert.Equal(1, (await Head(other)).FirstSeq);
    }

    [Fact]
    public async Task A_clock_that_leaps_ahead_is_believed_after_an_hour_and_one_that_goes_back_erases_nothing_more()
    {
        var (alice, _, dev) = await TwoInARoom();
        await Commit<Logged>(new SetRetention(alice, null, dev.Id, 30));
        await Say(alice, dev, "precious");
        await Sweep();
        Clock.Now += TimeSpan.FromDays(365);
        await Sweep();
        Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Empty(await Sweep());
        Clock.Now -= TimeSpan.FromDays(365); // somebody noticed
        Clock.Advance(TimeSpan.FromHours(3));
        Assert.Empty(await Sweep());
        // Also where it was set wrong before the start.
        Clock.Now += TimeSpan.FromDays(365);
        await ReopenAsync();
        Assert.Empty(await Sweep());
        Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Single(await Sweep());
        Assert.Equal((await Head(dev)).Seq + 1, (await Head(dev)).FirstSeq);
        var said = await Say(alice, dev, "after");
        Clock.Now -= TimeSpan.FromDays(800);
        await Sweep();
        await ReopenAsync();
        await Sweep();
        Assert.Equal((said.Seq, said.Ts), ((await Head(dev)).FirstSeq, (await Head(dev)).Ts));
        Assert.Equal(["after"], Texts(await History(dev, alice)));
    }

    [Fact]
    public async Task Many_rooms_are_swept_and_a_server_that_is_told_nothing_says_when_it_goes_on()
    {
        var alice = await Guest("alice");
        var rooms = new List<Room>();
        for (var i = 0; i < 230; i++)
            rooms.Add(await NewRoom(alice, $"room-{i}"));
        foreach (var room in rooms.Where((_, i) => i % 2 == 0))
            await Commit<Logged>(new SetRetention(alice, null, room.Id, 1));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(rooms.Where((_, i) => i % 2 == 0).Select(r => r.Id), (await Sweep()).Select(t => t.Room));
        var upkeep = await Store.MaintainAsync(default);
        Assert.InRange(upkeep.Next, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Empty(upkeep.Trimmed);
        // A shorter time is looked at at once.
        await Commit<Logged>(new SetRetention(alice, null, rooms[1].Id, 1));
        Assert.Equal(rooms[1].Id, Assert.Single((await Store.MaintainAsync(default)).Trimmed).Room);
    }

    /// <summary>Housekeeping for two minutes, as often as it asks for: a whole round and more. Says what was trimmed.</summary>
    private async Task<List<Trimmed>> Sweep()
    {
        var trimmed = new List<Trimmed>();
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(2);)
        {
            var upkeep = await Store.MaintainAsync(default);
            Assert.Null(upkeep.Cause);
            trimmed.AddRange(upkeep.Trimmed);
            var next = upkeep.Next > TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : upkeep.Next;
            Clock.Advance(next);
            passed += next;
        }
        return trimmed;
    }
}
