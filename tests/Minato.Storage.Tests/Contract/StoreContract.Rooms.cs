using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task The_lobby_is_there_from_the_first_moment_and_made_once()
    {
        var lobby = await Lobby();
        Assert.Equal((RoomKind.Public, "lobby", "Lobby", "", false), (lobby.Kind, lobby.Slug, lobby.Title, lobby.Topic, lobby.Archived));
        await ReopenAsync();
        Assert.Equal(lobby.Id, (await Lobby()).Id);
        var created = Assert.IsType<Created>(Assert.Single(await Events(lobby, null)));
        Assert.Equal((1L, UserKind.System, "lobby"), (created.Seq, created.From.Kind, created.Slug));
        var view = Assert.Single(await Store.ListRoomsAsync(null, default));
        Assert.Equal((lobby.Id, false, 0L, 0L), (view.Room.Id, view.IsMember, view.ReadSeq, view.Unread));
    }

    [Fact]
    public async Task A_room_is_made_with_its_owner_in_it()
    {
        var alice = await Guest("alice");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var made = await Commit<Logged>(new CreateRoom(alice, null, "Dev-港", "The 港"));
        Assert.Equal(new Created(made.Room.Id, 1, Clock.NowMs, alice, RoomKind.Public, "Dev-港", "The 港"), made.Event);
        Assert.Equal([alice], made.Entered);
        Assert.Equal((1L, 0L, Clock.NowMs), (made.Seq, made.EnteredAtPost, made.Ts));
        Assert.Equal(Standing.Owner, await Store.ReadStandingAsync(made.Room.Id, alice.Id, default));
        Assert.Equal(made.Room.Id, (await Store.FindRoomAsync("dev-港", default))!.Id);
        Assert.Equal(made.Room.Id, (await Store.FindRoomAsync("#ＤＥＶ-港", default))!.Id);
        Assert.Equal(made.Room.Uid, (await Store.FindRoomAsync(made.Room.Uid, default))!.Uid);
        Assert.Equal(0, (await ViewOf(made.Room, alice)).Unread);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("DEV")]
    [InlineData("ｄｅｖ")]
    [InlineData("Lobby")]
    public async Task A_taken_slug_is_refused(string slug)
    {
        var alice = await Guest("alice");
        await NewRoom(alice, "dev");
        Assert.Equal(Refusal.SlugTaken, await Refused(new CreateRoom(alice, null, slug, "")));
        Assert.Equal(2, (await Store.ListPublicRoomsAsync(null, 10, default)).Count);
    }

    [Fact]
    public async Task A_topic_is_set_by_members_only_and_may_be_empty()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        Assert.Equal(Refusal.NotAMember, await Refused(new SetTopic(bob, null, dev.Id, "mine")));
        var set = await Commit<Logged>(new SetTopic(alice, null, dev.Id, "港の話"));
        Assert.Equal(new TopicChanged(dev.Id, 2, Clock.NowMs, alice, "港の話"), set.Event);
        Assert.Equal("港の話", set.Room.Topic);
        Assert.Equal("港の話", (await Store.FindRoomAsync("dev", default))!.Topic);
        var cleared = await Commit<Logged>(new SetTopic(alice, null, dev.Id, ""));
        await ReopenAsync();
        Assert.Equal("", (await Store.FindRoomAsync("dev", default))!.Topic);
        Assert.Equal([set.Event, cleared.Event], (await Events(dev, alice)).Skip(1));
    }

    [Fact]
    public async Task Two_people_have_one_direct_room_whoever_opens_it()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var made = await Commit<Logged>(new OpenDirect(bob, null, alice.Id));
        Assert.Equal(new Created(made.Room.Id, 1, Clock.NowMs, bob, RoomKind.Direct, null, ""), made.Event);
        Assert.Equal([alice.Id, bob.Id], made.Entered.Select(u => u.Id).OrderBy(id => id.Value));
        await Say(alice, made.Room, "hi");
        foreach (var (me, other) in new[] { (alice, bob), (bob, alice) })
        {
            var found = await Commit<Logged>(new OpenDirect(me, null, other.Id));
            Assert.Equal((made.Room.Id, 2L, null), (found.Room.Id, found.Seq, found.Event));
            Assert.Empty(found.Entered);
            Assert.Equal([alice, bob], (await ViewOf(made.Room, me)).Room.Users);
        }
        Assert.Equal([alice, bob], (await Store.FindRoomAsync(made.Room.Uid, default))!.Users);
        await ReopenAsync();
        Assert.Equal(made.Room.Id, (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room.Id);
    }

    [Fact]
    public async Task One_may_talk_to_oneself()
    {
        var alice = await Guest("alice");
        var made = await Commit<Logged>(new OpenDirect(alice, null, alice.Id));
        Assert.Equal([alice], made.Entered);
        Assert.Equal([alice], made.Room.Users);
        Assert.Equal(made.Room.Id, (await Commit<Logged>(new OpenDirect(alice, null, alice.Id))).Room.Id);
        Assert.Equal([alice], (await Store.FindRoomAsync(made.Room.Uid, default))!.Users);
    }

    [Fact]
    public async Task Nobody_opens_a_direct_room_with_the_server_or_with_nobody()
    {
        var alice = await Guest("alice");
        var system = (await Events(await Lobby(), null))[0].From;
        Assert.Equal(Refusal.NoSuchUser, await Refused(new OpenDirect(alice, null, system.Id)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new OpenDirect(alice, null, new UserId(999))));
    }

    [Fact]
    public async Task An_outsider_finds_no_direct_room_and_sees_nothing_of_it()
    {
        var (alice, bob, eve) = (await Guest("alice"), await Guest("bob"), await Guest("eve"));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        await Say(alice, direct, "secret", "s1");
        foreach (var command in new Command[]
        {
            new Post(eve, Cid("1"), direct.Id, Body("x")), new Join(eve, Cid("2"), direct.Id), new Leave(eve, Cid("3"), direct.Id),
            new SetTopic(eve, Cid("4"), direct.Id, "x"), new Post(eve, Cid("s1"), direct.Id, Body("x")),
        })
            Assert.Equal(Refusal.NoSuchRoom, await Refused(command));
        await Commit<Nothing>(new MarkRead(eve, direct.Id, 1));
        foreach (var stranger in new[] { eve, null })
        {
            Assert.Empty(await Events(direct, stranger));
            var page = await History(direct, stranger);
            Assert.Empty(page.Messages);
            Assert.False(page.More);
        }
        Assert.DoesNotContain(await Store.ListRoomsAsync(eve.Id, default), v => v.Room.Id == direct.Id);
        Assert.DoesNotContain(await Store.ListPublicRoomsAsync(eve.Id, 100, default), l => l.View.Room.Id == direct.Id);
        Assert.Equal(2, (await Head(direct)).Seq);
    }

    [Fact]
    public async Task A_direct_room_is_never_left_and_has_no_topic()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        Assert.Equal(Refusal.Forbidden, await Refused(new Leave(alice, null, direct.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetTopic(bob, null, direct.Id, "x")));
        Assert.Equal(direct.Id, (await Commit<Logged>(new Join(bob, null, direct.Id))).Room.Id);
    }

    [Fact]
    public async Task One_s_rooms_are_the_lobby_first_then_by_when_they_were_made()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var zoo = await NewRoom(alice, "zoo");
        await NewRoom(bob, "bobs");
        var art = await NewRoom(alice, "art");
        var direct = (await Commit<Logged>(new OpenDirect(bob, null, alice.Id))).Room;
        var lobby = await Lobby();
        Assert.Equal([lobby.Id, zoo.Id, art.Id, direct.Id], (await Store.ListRoomsAsync(alice.Id, default)).Select(v => v.Room.Id));
        Assert.Equal([false, true, true, true], (await Store.ListRoomsAsync(alice.Id, default)).Select(v => v.IsMember));
    }

    [Fact]
    public async Task Public_rooms_are_listed_by_their_members_up_to_the_limit()
    {
        var (alice, bob, carol) = (await Guest("alice"), await Guest("bob"), await Guest("carol"));
        var one = await NewRoom(alice, "one");
        var three = await NewRoom(alice, "three");
        await Commit(new Join(bob, null, three.Id), new Join(carol, null, three.Id), new OpenDirect(alice, null, bob.Id));
        var all = await Store.ListPublicRoomsAsync(bob.Id, 10, default);
        Assert.Equal([("three", 3, true), ("one", 1, false), ("lobby", 0, false)], all.Select(l => (l.View.Room.Slug!, l.Members, l.View.IsMember)));
        Assert.Equal([three.Id, one.Id], (await Store.ListPublicRoomsAsync(null, 2, default)).Select(l => l.View.Room.Id));
        Assert.Equal(await Head(three), all[0].View.Head);
    }

    [Fact]
    public async Task There_is_nothing_to_do_in_a_room_that_does_not_exist()
    {
        var alice = await Guest("alice");
        var nowhere = new RoomId(999);
        foreach (var command in new Command[]
        {
            new Post(alice, null, nowhere, Body("x")), new Join(alice, null, nowhere), new Leave(alice, null, nowhere), new SetTopic(alice, null, nowhere, "x"),
        })
            Assert.Equal(Refusal.NoSuchRoom, await Refused(command));
        await Commit<Nothing>(new MarkRead(alice, nowhere, 1));
        Assert.Empty(await Store.ReadEventsAsync(nowhere, alice.Id, 0, 10, default));
    }
}
