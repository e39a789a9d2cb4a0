using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Heads_of_all_rooms_come_in_pages()
    {
        var alice = await Guest("alice");
        var rooms = new List<Room> { await Lobby() };
        for (var i = 0; i < 6; i++)
            rooms.Add(await NewRoom(alice, $"room-{i}"));
        rooms.Add((await Commit<Logged>(new OpenDirect(alice, null, alice.Id))).Room);
        await Say(alice, rooms[3], "x");
        var heads = new List<(RoomId Room, RoomHead Head)>();
        while (await Store.ReadHeadsAsync(heads.Count == 0 ? default : heads[^1].Room, 3, default) is { Count: > 0 } page)
            heads.AddRange(page);
        Assert.Equal(rooms.Select(r => r.Id), heads.Select(h => h.Room));
        Assert.Equal(await Head(rooms[3]), heads[3].Head);
    }

    [Fact]
    public async Task A_stretch_of_the_log_says_what_became_of_the_messages_in_it()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var one = await Say(alice, dev, "one");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var two = await Say(bob, dev, "two");
        await Commit<Logged>(new React(bob, null, dev.Id, one.Seq, "👍", On: true));
        var all = await Changes(dev, 0);
        Assert.Equal((new LogMark(0, 0), 5L, new LogMark(5, two.Ts)), (all.After, all.Head, all.Changes.UpTo));
        Assert.Equal([(one.Seq, one.Ts, "one"), (two.Seq, two.Ts, "two")], Messages(all));
        Assert.Empty((await Changes(dev, two.Seq)).Changes.Messages);

        await Commit<Logged>(new Edit(alice, null, dev.Id, one.Seq, Body("one more")));
        var deleted = await Commit<Logged>(new Delete(bob, null, dev.Id, two.Seq));
        Assert.Equal([(one.Seq, one.Ts, "one more"), (two.Seq, two.Ts, null)], Messages(await Changes(dev, 5)));
        // A part says how far it goes, and tells what is so now.
        var part = await Changes(dev, 2, events: 1);
        Assert.Equal((new LogMark(2, part.After.Ts), deleted.Seq, new LogMark(3, one.Ts)), (part.After, part.Head, part.Changes.UpTo));
        Assert.Equal([(one.Seq, one.Ts, "one more")], Messages(part));
    }

    [Fact]
    public async Task A_stretch_beyond_the_log_s_end_has_no_time_to_begin_with()
    {
        var lobby = await Lobby();
        var beyond = await Changes(lobby, 99);
        Assert.Equal((new LogMark(99, 0), 1L), (beyond.After, beyond.Head));
        Assert.Empty(beyond.Changes.Messages);
    }

    [Fact]
    public async Task Found_is_what_one_may_see_now()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, lobby) = (await Guest("carol"), await Lobby());
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, carol.Id))).Room;
        var before = await Say(alice, den, "before bob");
        await Commit(new Invite(alice, null, den.Id, bob.Id), new Join(bob, null, den.Id));
        var with = await Say(alice, den, "with bob");
        await Commit<Logged>(new Leave(bob, null, den.Id));
        var without = await Say(alice, den, "without bob");
        await Commit(new Invite(alice, null, den.Id, bob.Id), new Join(bob, null, den.Id));
        var again = await Say(alice, den, "again");
        var (open, secret, everywhere) = (await Say(alice, dev, "open"), await Say(alice, direct, "secret"), await Say(bob, lobby, "everywhere"));
        Logged[] all = [before, with, without, again, open, secret, everywhere];

        Assert.Equal(["again", "everywhere", "open", "with bob"], await Found(bob, all));
        Assert.Equal(["everywhere", "open", "secret"], await Found(carol, all));
        Assert.Equal(["everywhere", "open"], await Found(null, all));
        Assert.Equal(6 + 1, (await Found(alice, all)).Count());
        await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id, Clock.NowMs + 1_000));
        await Commit<Logged>(new Ban(alice, null, den.Id, bob.Id));
        Assert.Equal(["everywhere"], await Found(bob, all));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["everywhere", "open"], await Found(bob, all));
    }

    [Fact]
    public async Task Found_is_what_a_message_says_now_and_nothing_of_what_is_deleted_or_never_was()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (edited, deleted) = (await Say(alice, dev, "東京"), await Say(alice, dev, "大阪"));
        var edit = await Commit<Logged>(new Edit(alice, null, dev.Id, edited.Seq, Body("京都")));
        await Commit<Logged>(new Delete(alice, null, dev.Id, deleted.Seq));
        Candidate[] asked = [At(dev, edited.Seq), At(dev, deleted.Seq), At(dev, edit.Seq), At(dev, 999), new(0, new RoomId(999), 1)];
        var found = Assert.Single(await Store.ReadFoundAsync(bob.Id, asked, isEverywhere: true, default));
        Assert.Equal((dev.Uid, "京都", alice, edit.Seq), (found.Room.Uid, found.Message.Body.ToString(), found.Message.From, found.Message.ChangedSeq));
        Assert.Empty(await Store.ReadFoundAsync(bob.Id, [], isEverywhere: true, default));
    }

    [Fact]
    public async Task In_an_unlisted_room_its_members_find_something_and_whoever_asks_for_the_room()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        var said = await Say(alice, dev, "lighthouse");
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.Unlisted, Restrictions.None));
        Assert.Empty(await Found(carol, isEverywhere: true, said));
        Assert.Empty(await Found(null, isEverywhere: true, said));
        Assert.Single(await Found(bob, isEverywhere: true, said));
        Assert.Single(await Found(carol, isEverywhere: false, said));
        await Commit<Logged>(new Restrict(alice, null, dev.Id, Restrictions.None, Restrictions.Unlisted));
        Assert.Single(await Found(carol, isEverywhere: true, said));
    }

    private Task<LogStretch> Changes(Room room, long after, int events = 100) => Store.ReadChangesAsync(room.Id, after, events, default).AsTask();

    private static IEnumerable<(long, long, string?)> Messages(LogStretch stretch) => stretch.Changes.Messages.Select(m => (m.Seq, m.Ts, m.Body?.ToString()));

    private Task<IEnumerable<string?>> Found(User? user, params Logged[] posts) => Found(user, isEverywhere: true, posts);

    private async Task<IEnumerable<string?>> Found(User? user, bool isEverywhere, params Logged[] posts) =>
        (await Store.ReadFoundAsync(user?.Id, [.. posts.Select(p => At(p.Room, p.Seq))], isEverywhere, default)).Select(f => f.Message.Body?.ToString()).Order();

    private static Candidate At(Room room, long seq) => new(0, room.Id, seq);
}
