using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_post_is_logged_and_handed_out_to_publish()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        Clock.Advance(TimeSpan.FromMilliseconds(7));
        var said = await Say(alice, lobby, "こんにちは\n\"港\"\t🦊");
        Assert.Equal(new Posted(lobby.Id, 2, Clock.NowMs, alice, 1, Body("こんにちは\n\"港\"\t🦊")), said.Event);
        Assert.Equal((lobby.Id, 2L, Clock.NowMs), (said.Room.Id, said.Seq, said.Ts));
        Assert.Equal((2L, 1L, Clock.NowMs, 1L), ((await Head(lobby)).Seq, (await Head(lobby)).PostNo, (await Head(lobby)).Ts, (await Head(lobby)).FirstSeq));
    }

    [Fact]
    public async Task Numbers_are_gapless_in_each_room_also_within_one_batch_and_after_reopening()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var (dev, ops) = (await NewRoom(alice, "dev"), await NewRoom(bob, "ops"));
        for (var round = 0; round < 3; round++)
        {
            await Commit(
                new Post(alice, null, dev.Id, Body("1")), new Post(bob, null, ops.Id, Body("2")), new Join(bob, null, dev.Id),
                new Post(bob, null, dev.Id, Body("3")), new Leave(bob, null, dev.Id), new SetTopic(alice, null, dev.Id, "t"),
                new Leave(bob, null, dev.Id), new Post(alice, null, new RoomId(999), Body("4")), new Post(bob, null, dev.Id, Body("5")));
            await ReopenAsync();
        }
        foreach (var room in new[] { dev, ops })
        {
            var events = await Events(room, null);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Seq));
            var posts = events.OfType<Posted>().ToList();
            Assert.Equal(Enumerable.Range(1, posts.Count).Select(i => (long)i), posts.Select(p => p.PostNo));
            var head = await Head(room);
            Assert.Equal((events.Count, posts.Count), ((int)head.Seq, (int)head.PostNo));
        }
        Assert.Equal(19, (await Head(dev)).Seq);
        Assert.Equal(4, (await Head(ops)).Seq);
    }

    [Fact]
    public async Task Posts_to_many_rooms_at_once_are_answered_in_their_places_and_keep_the_order_of_each_room_and_person()
    {
        var (alice, bob, carol) = (await Guest("alice"), await Guest("bob"), await Guest("carol"));
        var (dev, ops) = (await NewRoom(alice, "dev"), await NewRoom(bob, "ops"));
        await Commit(new Join(carol, null, dev.Id));
        var outcomes = await Commit(
            new Post(bob, null, ops.Id, Body("o1")), new Post(alice, null, dev.Id, Body("d1")), new Post(carol, null, ops.Id, Body("o2")), new Post(alice, null, dev.Id, Body("d2")),
            new Post(bob, null, ops.Id, Body("o3")), new Ban(alice, null, dev.Id, carol.Id, Until: null), new Post(carol, null, dev.Id, Body("too late")),
            // One client id in two rooms stands for the first of them, in the order in which they were sent.
            new Post(alice, Cid("one"), ops.Id, Body("o4")), new Post(bob, null, dev.Id, Body("d3")), new Post(alice, Cid("one"), dev.Id, Body("never")));
        Assert.Equal(
            ["o1", "d1", "o2", "d2", "o3", null, null, "o4", "d3", null],
            outcomes.Select(o => o is Logged { Event: Posted posted } ? posted.Body.ToString() : null));
        Assert.Equal(Refusal.Forbidden, Assert.IsType<Refused>(outcomes[6]).Reason);
        Assert.Equal(Refusal.CidConflict, Assert.IsType<Refused>(outcomes[9]).Reason);
        await ReopenAsync();
        Assert.Equal(["d1", "d2", "d3"], Texts(await History(dev, alice)));
        Assert.Equal(["o1", "o2", "o3", "o4"], Texts(await History(ops, bob)));
    }

    [Fact]
    public async Task Time_never_goes_backwards_in_a_room_though_the_clock_does()
    {
        var alice = await Guest("alice");
        var dev = await NewRoom(alice, "dev");
        var times = new List<long>();
        foreach (var step in new[] { TimeSpan.FromSeconds(1), TimeSpan.FromHours(-1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(2) })
        {
            Clock.Now += step;
            times.Add((await Say(alice, dev, "tick")).Ts);
            await ReopenAsync();
        }
        Assert.Equal(times.Order(), times);
        Assert.Equal(times[0], times[2]);
        Assert.Equal(Clock.NowMs, times[3]);
        Assert.Equal(times, (await Events(dev, alice)).Skip(1).Select(e => e.Ts));
    }

    [Fact]
    public async Task Events_are_replayed_as_they_were_published()
    {
        var (alice, bob, vera) = (await Guest("alice"), await Guest("bob"), await Visitor("vera"));
        var published = new List<RoomEvent>();
        var made = await Commit<Logged>(new CreateRoom(alice, null, "dev", "Dev"));
        published.Add(made.Event!);
        foreach (var command in new Command[]
        {
            new Join(bob, null, made.Room.Id), new Post(bob, null, made.Room.Id, Body("hi")), new Join(vera, null, made.Room.Id),
            new SetTopic(bob, null, made.Room.Id, "topic"), new Leave(bob, null, made.Room.Id), new EndVisitor(vera),
        })
        {
            Clock.Advance(TimeSpan.FromMilliseconds(3));
            published.AddRange((await Commit([command]))[0] switch
            {
                Logged logged => [logged.Event!],
                VisitorEnded ended => ended.Events.Select(e => e.Event),
                var other => throw new InvalidOperationException(other.ToString()),
            });
        }
        await ReopenAsync();
        Assert.Equal(published, await Events(made.Room, alice));
        Assert.Equal(published[2..5], await Events(made.Room, alice, after: 2, upTo: 5));
        Assert.Equal(published[6..], await Events(made.Room, alice, after: 6));
        Assert.Empty(await Events(made.Room, alice, after: 7));
        Assert.Empty(await Events(made.Room, alice, after: 3, upTo: 3));
    }

    [Fact]
    public async Task A_refused_command_does_not_disturb_its_neighbours()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        var outcomes = await Commit(
            new Post(alice, null, dev.Id, Body("1")), new Leave(bob, null, dev.Id), new CreateRoom(bob, null, "dev", ""),
            new Rename(bob, null, "alice"), new Post(bob, null, dev.Id, Body("2")));
        Assert.Equal([Refusal.NotAMember, Refusal.SlugTaken, Refusal.NickTaken], outcomes.OfType<Refused>().Select(r => r.Reason));
        Assert.Equal([2, 3], outcomes.OfType<Logged>().Select(l => l.Seq));
        Assert.Equal(["1", "2"], Texts(await History(dev, null)));
    }

    [Fact]
    public async Task An_empty_batch_is_nothing() => Assert.Empty(await Commit([]));

    [Fact]
    public async Task Joining_and_leaving_change_who_is_in_the_room()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        await Say(alice, dev, "before");
        var version = (await Head(dev)).AclVersion;

        var joined = await Commit<Logged>(new Join(bob, null, dev.Id));
        Assert.Equal(new Joined(dev.Id, 3, Clock.NowMs, bob), joined.Event);
        Assert.Equal([bob], joined.Entered);
        Assert.Equal(1, joined.EnteredAtPost);
        Assert.Null(joined.Exited);
        Assert.Equal(Standing.Member, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        Assert.True((await Head(dev)).AclVersion > version);

        var again = await Commit<Logged>(new Join(bob, null, dev.Id));
        Assert.Equal((3L, null), (again.Seq, again.Event));
        Assert.Empty(again.Entered);

        var left = await Commit<Logged>(new Leave(bob, null, dev.Id));
        Assert.Equal(new Left(dev.Id, 4, Clock.NowMs, bob), left.Event);
        Assert.Equal(bob, left.Exited);
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        Assert.Equal(Refusal.NotAMember, await Refused(new Leave(bob, null, dev.Id)));
        Assert.Equal(4, (await Head(dev)).Seq);
        Assert.Equal(1, (await Store.ListPublicRoomsAsync(null, 9, default)).Single(l => l.View.Room.Id == dev.Id).Members);
    }

    [Fact]
    public async Task Unread_counts_posts_only_and_from_joining_on()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        await Say(alice, dev, "before");
        await Commit(new Join(bob, null, dev.Id));
        Assert.Equal((3L, 0L), ((await ViewOf(dev, bob)).ReadSeq, (await ViewOf(dev, bob)).Unread));
        await Commit(new SetTopic(alice, null, dev.Id, "t"), new Post(alice, null, dev.Id, Body("1")), new Post(alice, null, dev.Id, Body("2")));
        Assert.Equal(2, (await ViewOf(dev, bob)).Unread);
        Assert.Equal(3, (await ViewOf(dev, alice)).Unread);

        // Left and back: nothing is unread again.
        await Commit(new Leave(bob, null, dev.Id));
        Assert.Equal(0, (await Store.ListPublicRoomsAsync(bob.Id, 9, default)).Single(l => l.View.Room.Id == dev.Id).View.Unread);
        await Say(alice, dev, "3");
        await Commit(new Join(bob, null, dev.Id));
        Assert.Equal(0, (await ViewOf(dev, bob)).Unread);
        await ReopenAsync();
        await Say(alice, dev, "4");
        Assert.Equal(1, (await ViewOf(dev, bob)).Unread);
    }

    [Fact]
    public async Task A_read_position_only_moves_forward_and_never_past_the_head()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        await Commit(new Join(bob, null, dev.Id), new Post(alice, null, dev.Id, Body("1")), new SetTopic(alice, null, dev.Id, "t"), new Post(alice, null, dev.Id, Body("2")));

        var moved = await Commit<ReadMoved>(new MarkRead(bob, dev.Id, 4));
        Assert.Equal((bob.Id, dev.Id, 4L, 1L, 1L), (moved.User, moved.Room.Id, moved.Seq, moved.PostNo, moved.Unread));
        Assert.Equal((4L, 1L), ((await ViewOf(dev, bob)).ReadSeq, (await ViewOf(dev, bob)).Unread));
        foreach (var back in new long[] { 4, 3, 0, -1, long.MinValue })
            await Commit<Nothing>(new MarkRead(bob, dev.Id, back));
        Assert.Equal(4, (await ViewOf(dev, bob)).ReadSeq);

        var past = await Commit<ReadMoved>(new MarkRead(bob, dev.Id, long.MaxValue));
        Assert.Equal((5L, 2L, 0L), (past.Seq, past.PostNo, past.Unread));
        await Say(alice, dev, "3");
        Assert.Equal(1, (await ViewOf(dev, bob)).Unread);

        var batch = await Commit(new Post(alice, null, dev.Id, Body("4")), new MarkRead(bob, dev.Id, 7), new MarkRead(bob, dev.Id, 6));
        Assert.Equal((7L, 4L, 0L), (((ReadMoved)batch[1]).Seq, ((ReadMoved)batch[1]).PostNo, ((ReadMoved)batch[1]).Unread));
        Assert.IsType<Nothing>(batch[2]);
    }

    [Fact]
    public async Task Who_only_looks_on_has_no_read_position()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        await Commit<Nothing>(new MarkRead(bob, dev.Id, 1));
        var view = (await Store.ListPublicRoomsAsync(bob.Id, 9, default)).Single(l => l.View.Room.Id == dev.Id).View;
        Assert.Equal((0L, 0L), (view.ReadSeq, view.Unread));
    }
}
