using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_edit_changes_the_message_and_is_an_event_of_its_own()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "teh port");
        Clock.Advance(TimeSpan.FromSeconds(9));
        var edited = await Commit<Logged>(new Edit(alice, Cid("e"), dev.Id, said.Seq, Body("the port")));
        Assert.Equal(new Edited(dev.Id, said.Seq + 1, Clock.NowMs, alice, said.Seq, Body("the port")), edited.Event);
        var message = Assert.Single((await History(dev, bob)).Messages);
        Assert.Equal(
            new Message(said.Seq, 1, said.Ts, alice, Body("the port")) { ChangedSeq = edited.Seq, EditedAt = Clock.NowMs }, message);
        Assert.Equal(1, (await Head(dev)).PostNo);
        await ReopenAsync();
        Assert.Equal(edited.Event, (await Events(dev, bob))[^1]);
        Assert.Equal(message, Assert.Single((await History(dev, bob)).Messages));
        await AssertRepeat(edited, new Edit(alice, Cid("e"), dev.Id, said.Seq, Body("the port")));
    }

    [Fact]
    public async Task A_deleted_message_keeps_its_place_and_none_of_its_words()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(bob, dev, "secret 1");
        await Commit<Logged>(new Edit(bob, null, dev.Id, said.Seq, Body("secret 2")));
        await Commit<Logged>(new React(alice, null, dev.Id, said.Seq, "👍", On: true));
        await Commit<Logged>(new Pin(alice, null, dev.Id, said.Seq, On: true));
        var next = await Say(bob, dev, "next");
        var deleted = await Commit<Logged>(new Delete(bob, Cid("d"), dev.Id, said.Seq));
        Assert.Equal(new Deleted(dev.Id, deleted.Seq, deleted.Ts, bob, said.Seq), deleted.Event);
        await ReopenAsync();
        var page = await History(dev, alice);
        Assert.Equal(new Message(said.Seq, 1, said.Ts, bob, null) { ChangedSeq = deleted.Seq, EditedAt = said.Ts, DeletedAt = deleted.Ts }, page.Messages[0]);
        Assert.Equal((next.Seq, 2L), (page.Messages[1].Seq, page.Messages[1].PostNo));
        var events = await Events(dev, alice, after: said.Seq - 1);
        Assert.Null(((Posted)events[0]).Body);
        Assert.Null(((Edited)events[1]).Body);
        Assert.Equal(2, (await ViewOf(dev, alice)).Unread);
        await AssertRepeat(deleted, new Delete(bob, Cid("d"), dev.Id, said.Seq));
        // Deleted is deleted: asked for again it is no second event, and nothing else can be done with it.
        Assert.Null((await Commit<Logged>(new Delete(bob, null, dev.Id, said.Seq))).Event);
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new Edit(bob, null, dev.Id, said.Seq, Body("x"))));
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new React(bob, null, dev.Id, said.Seq, "👍", On: true)));
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new Pin(bob, null, dev.Id, said.Seq, On: true)));
    }

    [Fact]
    public async Task Own_messages_may_be_edited_and_deleted_others_deleted_by_those_who_moderate()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (hers, his) = (await Say(alice, dev, "a"), await Say(bob, dev, "b"));
        Assert.Equal(Refusal.Forbidden, await Refused(new Edit(bob, null, dev.Id, hers.Seq, Body("x"))));
        Assert.Equal(Refusal.Forbidden, await Refused(new Delete(bob, null, dev.Id, hers.Seq)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Edit(alice, null, dev.Id, his.Seq, Body("x"))));
        Assert.NotNull((await Commit<Logged>(new Delete(alice, null, dev.Id, his.Seq))).Event);
        foreach (var nowhere in new long[] { 1, 999, -1 })
            foreach (var command in new Command[]
            {
                new Edit(alice, null, dev.Id, nowhere, Body("x")), new Delete(alice, null, dev.Id, nowhere),
                new React(alice, null, dev.Id, nowhere, "👍", true), new Pin(alice, null, dev.Id, nowhere, true),
                new Post(alice, null, dev.Id, Body("x"), ReplyTo: nowhere),
            })
                Assert.Equal(Refusal.NoSuchMessage, await Refused(command));
    }

    [Fact]
    public async Task Reactions_stand_in_the_order_in_which_they_came_whoever_takes_theirs_back()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "港");
        Task React(User who, string emoji, bool on) => Commit(new React(who, null, dev.Id, said.Seq, emoji, on));
        async Task<string> Reactions() => string.Concat((await History(dev, null)).Messages[0].Reactions.Select(r => $"{r.Emoji}{r.Count}"));
        await Commit(
            new React(bob, null, dev.Id, said.Seq, "b", true), new React(alice, null, dev.Id, said.Seq, "a", true), new React(alice, null, dev.Id, said.Seq, "b", true));
        Assert.Equal("b2a1", await Reactions());
        Clock.Advance(TimeSpan.FromSeconds(1));
        await React(bob, "b", false);
        Assert.Equal("b1a1", await Reactions());
        await React(bob, "b", true);
        await React(alice, "b", false);
        Assert.Equal("b1a1", await Reactions());
        await React(bob, "b", false);
        await React(bob, "b", true);
        Assert.Equal("a1b1", await Reactions());
    }

    [Fact]
    public async Task A_reaction_is_one_for_each_user_and_emoji()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "港");
        var first = await Commit<Logged>(new React(bob, Cid("r"), dev.Id, said.Seq, "👍", On: true));
        Assert.Equal(new Reacted(dev.Id, first.Seq, first.Ts, bob, said.Seq, "👍", true), first.Event);
        Assert.Null((await Commit<Logged>(new React(bob, Cid("again"), dev.Id, said.Seq, "👍", On: true))).Event);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Commit(new React(alice, null, dev.Id, said.Seq, "❤️", true), new React(alice, null, dev.Id, said.Seq, "👍", true));
        Assert.Equal([new Reaction("👍", 2, true), new Reaction("❤️", 1, false)], (await History(dev, bob)).Messages[0].Reactions);
        var last = await Commit<Logged>(new React(alice, null, dev.Id, said.Seq, "❤️", On: false));
        Assert.Null((await Commit<Logged>(new React(alice, null, dev.Id, said.Seq, "❤️", On: false))).Event);
        Assert.Equal([new Reaction("👍", 2, false)], (await History(dev, null)).Messages[0].Reactions);
        Assert.Equal(last.Seq, (await History(dev, null)).Messages[0].ChangedSeq);
        await AssertRepeat(first, new React(bob, Cid("r"), dev.Id, said.Seq, "👍", On: true));
        await ReopenAsync();
        Assert.Equal(last.Event, (await Events(dev, bob))[^1]);
    }

    [Fact]
    public async Task One_message_has_room_for_fifty_emoji_and_for_everybody_who_joins_in()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "x");
        await Commit([.. Enumerable.Range(0, Emoji.MaxOnMessage).Select(i => new React(alice, null, dev.Id, said.Seq, $"{i}", true))]);
        Assert.Equal(Refusal.TooMany, await Refused(new React(bob, null, dev.Id, said.Seq, "more", On: true)));
        Assert.NotNull((await Commit<Logged>(new React(bob, null, dev.Id, said.Seq, "7", On: true))).Event);
    }

    [Fact]
    public async Task A_message_is_pinned_and_unpinned_by_members()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "x");
        var pinned = await Commit<Logged>(new Pin(bob, Cid("p"), dev.Id, said.Seq, On: true));
        Assert.Equal(new PinChanged(dev.Id, pinned.Seq, pinned.Ts, bob, said.Seq, true), pinned.Event);
        Assert.Null((await Commit<Logged>(new Pin(alice, null, dev.Id, said.Seq, On: true))).Event);
        Assert.True((await History(dev, null)).Messages[0].IsPinned);
        Assert.NotNull((await Commit<Logged>(new Pin(alice, null, dev.Id, said.Seq, On: false))).Event);
        Assert.False((await History(dev, null)).Messages[0].IsPinned);
        await AssertRepeat(pinned, new Pin(bob, Cid("p"), dev.Id, said.Seq, On: true));
        Assert.Equal(Refusal.NotAMember, await Refused(new Pin(await Guest("carol"), null, dev.Id, said.Seq, On: true)));
    }

    [Fact]
    public async Task Pinned_messages_are_read_newest_first_with_what_hangs_on_them()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (first, between, last) = (await Say(alice, dev, "first"), await Say(alice, dev, "between"), await Say(alice, dev, "last"));
        await Commit(
            new Pin(bob, null, dev.Id, last.Seq, On: true), new Pin(bob, null, dev.Id, first.Seq, On: true),
            new React(bob, null, dev.Id, first.Seq, "👍", true), new React(bob, null, dev.Id, between.Seq, "👎", true));
        var pins = await Store.ReadPinsAsync(dev.Id, bob.Id, default);
        Assert.Equal(["last", "first"], pins.Select(m => m.Body?.ToString()));
        Assert.All(pins, m => Assert.True(m.IsPinned));
        Assert.Equal([new Reaction("👍", 1, IsMine: true)], pins[1].Reactions);
        Assert.Equal([new Reaction("👍", 1, IsMine: false)], (await Store.ReadPinsAsync(dev.Id, null, default))[1].Reactions);
        await Commit(new Delete(alice, null, dev.Id, last.Seq), new Pin(bob, null, dev.Id, first.Seq, On: false));
        Assert.Empty(await Store.ReadPinsAsync(dev.Id, bob.Id, default));
    }

    [Fact]
    public async Task Pins_are_seen_by_whoever_may_see_the_message()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        var before = await Say(alice, den, "before");
        await Commit(new Pin(alice, null, den.Id, before.Seq, On: true), new Invite(alice, null, den.Id, bob.Id), new Join(bob, null, den.Id));
        var after = await Say(alice, den, "after");
        await Commit<Logged>(new Pin(alice, null, den.Id, after.Seq, On: true));
        Assert.Equal([after.Seq, before.Seq], (await Store.ReadPinsAsync(den.Id, alice.Id, default)).Select(m => m.Seq));
        Assert.Equal([after.Seq], (await Store.ReadPinsAsync(den.Id, bob.Id, default)).Select(m => m.Seq));
        Assert.Empty(await Store.ReadPinsAsync(den.Id, null, default));
        await Commit<Logged>(new Ban(alice, null, den.Id, bob.Id));
        Assert.Empty(await Store.ReadPinsAsync(den.Id, bob.Id, default));
    }

    [Fact]
    public async Task A_reply_knows_what_it_answers_and_where_its_thread_began()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var root = await Say(alice, dev, "root");
        var answer = await Commit<Logged>(new Post(bob, null, dev.Id, Body("answer"), root.Seq));
        var deeper = await Commit<Logged>(new Post(alice, null, dev.Id, Body("deeper"), answer.Seq));
        Assert.Equal((root.Seq, root.Seq), (((Posted)answer.Event!).ReplyTo, ((Posted)answer.Event!).ThreadRoot));
        Assert.Equal((answer.Seq, root.Seq), (((Posted)deeper.Event!).ReplyTo, ((Posted)deeper.Event!).ThreadRoot));
        await ReopenAsync();
        Assert.Equal([(null, null), (root.Seq, root.Seq), (answer.Seq, root.Seq)], (await History(dev, null)).Messages.Select(m => (m.ReplyTo, m.ThreadRoot)));
        Assert.Equal([answer.Event!, deeper.Event!], await Events(dev, bob, after: root.Seq));
    }

    /// <summary>Alice owns the room, Bob is a member.</summary>
    private async Task<(User Alice, User Bob, Room Dev)> TwoInARoom()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        await Commit<Logged>(new Join(bob, null, dev.Id));
        return (alice, bob, dev);
    }
}
