using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_guest_is_found_by_session_by_id_and_by_any_spelling_of_the_nick()
    {
        var hash = NewHash();
        var alice = (await Commit<UserChanged>(new RegisterGuest(UserKind.Guest, "Alice", false, hash))).User;
        Assert.Equal((UserKind.Guest, "Alice"), (alice.Kind, alice.Nick));
        await ReopenAsync();
        Assert.Equal(alice, (await Store.FindCredentialAsync(hash, default))?.User);
        Assert.Equal(alice, await Store.FindUserAsync(alice.Uid, default));
        foreach (var spelling in new[] { "Alice", "aLICE", "ＡＬＩＣＥ", "alice\uFE0F" })
            Assert.Equal(alice, await Store.FindUserAsync(spelling, default));
    }

    [Fact]
    public async Task What_nobody_has_is_not_found()
    {
        Assert.Null(await Store.FindCredentialAsync(NewHash(), default));
        Assert.Null(await Store.FindCredentialAsync([], default));
        Assert.Null(await Store.FindUserAsync(Guid.CreateVersion7(), default));
        Assert.Null(await Store.FindRoomAsync(Guid.CreateVersion7(), default));
        foreach (var name in new[] { "nobody", "", " ", "\uD800", new string('x', 100_000), "a'b" })
        {
            Assert.Null(await Store.FindUserAsync(name, default));
            Assert.Null(await Store.FindRoomAsync(name, default));
        }
        Assert.Equal(default, await Store.ReadHeadAsync(new(999), default));
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(new(999), new UserId(999), default));
    }

    [Fact]
    public async Task One_session_is_one_guest_also_within_one_batch()
    {
        var hash = NewHash();
        var outcomes = await Commit(
            new RegisterGuest(UserKind.Guest, "guest-1", true, hash), new RegisterGuest(UserKind.Guest, "guest-2", true, hash));
        var again = await Commit<UserChanged>(new RegisterGuest(UserKind.Guest, "guest-3", true, hash));
        Assert.Equal([again.User, again.User], outcomes.Cast<UserChanged>().Select(o => o.User));
        Assert.Equal("guest-1", again.User.Nick);
        Assert.Null(await Store.FindUserAsync("guest-2", default));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("ａlice")]
    [InlineData("MINATO")]
    public async Task A_taken_nick_is_refused_and_a_provisional_one_replaced(string nick)
    {
        await Guest("Alice");
        Assert.Equal(Refusal.NickTaken, await Refused(new RegisterGuest(UserKind.Guest, nick, false, NewHash())));
        var other = (await Commit<UserChanged>(new RegisterGuest(UserKind.Guest, nick, true, NewHash()))).User;
        Assert.StartsWith("guest-", other.Nick);
    }

    [Fact]
    public async Task A_rename_is_seen_everywhere_and_frees_the_old_nick()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        await Say(bob, direct, "hi");
        var renamed = await Commit<UserChanged>(new Rename(bob, null, "robert"));
        Assert.Equal(bob, renamed.Was);
        Assert.Equal(bob with { Nick = "robert" }, renamed.User);

        // The session still holds the old record; what it does is done by who it is now.
        var said = await Say(bob, direct, "again");
        Assert.Equal("robert", said.Event!.From.Nick);
        Assert.Contains(said.Room.Users, u => u.Nick == "robert");
        Assert.All((await History(direct, alice)).Messages, m => Assert.Equal("robert", m.From.Nick));
        Assert.Equal(renamed.User, await Store.FindUserAsync("robert", default));
        Assert.Null(await Store.FindUserAsync("bob", default));
        await Guest("bob");
    }

    [Fact]
    public async Task A_rename_collides_by_case_and_width_but_not_with_oneself()
    {
        var alice = await Guest("alice");
        var bob = await Guest("bob");
        Assert.Equal(Refusal.NickTaken, await Refused(new Rename(bob, null, "ＡＬＩＣＥ")));
        Assert.Equal(bob, await Store.FindUserAsync("bob", default));
        Assert.Equal("ALICE", (await Commit<UserChanged>(new Rename(alice, null, "ALICE"))).User.Nick);
        var same = await Commit<UserChanged>(new Rename(alice, null, "ALICE"));
        Assert.Equal(same.User, same.Was);
    }

    [Fact]
    public async Task A_visitor_s_end_leaves_every_room_and_frees_the_nick_but_never_the_id()
    {
        var (alice, visitor) = (await Guest("alice"), await Visitor("vera"));
        var dev = await NewRoom(visitor, "dev");
        var lobby = await Lobby();
        await Commit(new Join(visitor, null, lobby.Id), new OpenDirect(visitor, null, alice.Id));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, visitor.Id))).Room;

        var ended = await Commit<VisitorEnded>(new EndVisitor(visitor));
        Assert.Equal([lobby.Id, dev.Id, direct.Id], ended.Events.Select(e => e.Room.Id).Order(Comparer<Core.Rooms.RoomId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        foreach (var (room, left) in ended.Events)
        {
            Assert.Equal(visitor, Assert.IsType<Left>(left).From);
            Assert.Equal(left, (await Events(room, alice))[^1]);
            Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(room.Id, visitor.Id, default));
        }
        Assert.Null(await Store.FindUserAsync("vera", default));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Post(visitor, null, lobby.Id, Body("ghost"))));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new EndVisitor(visitor)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new OpenDirect(alice, null, visitor.Id)));
        await ReopenAsync();
        var next = await Visitor("vera");
        Assert.True(next.Id.Value > visitor.Id.Value);
        Assert.NotEqual(visitor.Uid, next.Uid);
    }

    [Fact]
    public async Task Only_a_visitor_is_ended()
    {
        var alice = await Guest("alice");
        Assert.Equal(Refusal.Forbidden, await Refused(new EndVisitor(alice)));
        Assert.Equal(alice, await Store.FindUserAsync("alice", default));
    }

    [Fact]
    public async Task Visitors_left_by_a_killed_server_are_ended_when_the_store_opens()
    {
        var (alice, vera, victor) = (await Guest("alice"), await Visitor("vera"), await Visitor("victor"));
        var dev = await NewRoom(vera, "dev");
        await Commit(new Join(victor, null, dev.Id), new Join(alice, null, dev.Id));
        var direct = (await Commit<Logged>(new OpenDirect(vera, null, alice.Id))).Room;
        await Commit<VisitorEnded>(new EndVisitor(victor));
        var before = await Head(dev);

        await ReopenAsync();
        Assert.Equal(before.Seq + 1, (await Head(dev)).Seq);
        var left = Assert.IsType<Left>(Assert.Single(await Events(dev, alice, after: before.Seq)));
        Assert.Equal((vera, alice), (left.From, left.Heir));
        Assert.Equal(vera, Assert.IsType<Left>((await Events(direct, alice))[^1]).From);
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(dev.Id, vera.Id, default));
        Assert.Equal(Standing.Owner, await Store.ReadStandingAsync(dev.Id, alice.Id, default));
        Assert.Equal(1, (await Store.ListPublicRoomsAsync(null, 10, default)).Single(l => l.View.Room.Id == dev.Id).Members);
        Assert.Null(await Store.FindUserAsync("vera", default));
        Assert.Equal(alice, await Store.FindUserAsync("alice", default));
        Assert.NotEqual(vera.Id, (await Visitor("vera")).Id);

        // The direct room's log ends for the one who is gone where they left.
        var said = await Say(alice, direct, "too late");
        Assert.DoesNotContain(await Events(direct, vera), e => e.Seq == said.Seq);
        Assert.Contains(await Events(direct, alice), e => e.Seq == said.Seq);
    }

    [Fact]
    public async Task Opening_twice_ends_nobody_twice()
    {
        var vera = await Visitor("vera");
        var dev = await NewRoom(vera, "dev");
        await ReopenAsync();
        var head = await Head(dev);
        await ReopenAsync();
        Assert.Equal(head, await Head(dev));
    }
}
