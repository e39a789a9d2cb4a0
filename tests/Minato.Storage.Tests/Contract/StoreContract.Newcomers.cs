using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Who_joins_a_private_room_sees_what_is_said_from_then_on_unless_its_owner_shows_them_all()
    {
        var alice = await Guest("alice");
        var den = await NewDen(alice);
        Assert.Equal(HistoryView.Joined, (await Store.FindRoomAsync("den", default))!.History);
        await Say(alice, den, "1");
        var bob = await JoinDen(alice, den, "bob");
        await Say(alice, den, "2");
        var set = await Commit<Logged>(new SetHistory(alice, Cid("h"), den.Id, HistoryView.All));
        Assert.Equal(new HistoryChanged(den.Id, set.Seq, set.Ts, alice, HistoryView.All), set.Event);
        Assert.Equal(HistoryView.All, set.Room.History);
        var carol = await JoinDen(alice, den, "carol");
        await Say(alice, den, "3");
        await ReopenAsync();
        Assert.Equal(HistoryView.All, (await ViewOf(den, carol)).Room.History);
        // It is a word about those who come: who was there sees what they saw.
        Assert.Equal(["2", "3"], Texts(await History(den, bob)));
        Assert.Equal(["1", "2", "3"], Texts(await History(den, carol)));
        Assert.Equal(1, (await Events(den, carol))[0].Seq);
        Assert.Equal(1, await Store.ReadFirstOfSpanAsync(den.Id, carol.Id, default));
        // What was said before was not said to them: it can be read, and is not unread.
        Assert.Equal(1, (await ViewOf(den, carol)).Unread);
        await AssertRepeat(set, new SetHistory(alice, Cid("h"), den.Id, HistoryView.All));
        Assert.Null((await Commit<Logged>(new SetHistory(alice, null, den.Id, HistoryView.All))).Event);
        await Commit<Logged>(new SetHistory(alice, null, den.Id, HistoryView.Joined));
        var dave = await JoinDen(alice, den, "dave");
        await Say(alice, den, "4");
        Assert.Equal(["4"], Texts(await History(den, dave)));
        Assert.Equal(["1", "2", "3", "4"], Texts(await History(den, carol)));
    }

    [Theory]
    [InlineData(HistoryView.Joined)]
    [InlineData(HistoryView.All)]
    public async Task Who_comes_back_sees_both_times_or_all_as_newcomers_do_by_then(HistoryView history)
    {
        var alice = await Guest("alice");
        var den = await NewDen(alice);
        var bob = await JoinDen(alice, den, "bob");
        await Commit<Logged>(new SetRole(alice, null, den.Id, bob.Id, Core.Rights.Standing.Owner));
        await Say(alice, den, "both");
        foreach (var user in new[] { bob, alice })
            await Commit<Logged>(new Leave(user, null, den.Id));
        // Alice was there from the first event on, Bob was not.
        den = await NewDen(alice, "cave");
        bob = await JoinDen(alice, den, "robert");
        await Commit<Logged>(new SetRole(alice, null, den.Id, bob.Id, Core.Rights.Standing.Owner));
        await Say(bob, den, "both");
        await Commit<Logged>(new Leave(alice, null, den.Id));
        await Say(bob, den, "between");
        await Commit<Logged>(new SetHistory(bob, null, den.Id, history));
        await Commit<Logged>(new Invite(bob, null, den.Id, alice.Id));
        await Commit<Logged>(new Join(alice, null, den.Id));
        await Say(bob, den, "after");
        await Commit<Logged>(new SetRole(bob, null, den.Id, alice.Id, Core.Rights.Standing.Owner));
        await Commit<Logged>(new Leave(bob, null, den.Id));
        await Say(alice, den, "without bob");
        await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Join(bob, null, den.Id));
        Assert.Equal(history == HistoryView.All ? ["both", "between", "after", "without bob"] : ["both", "after", "without bob"], Texts(await History(den, alice)));
        Assert.Equal(history == HistoryView.All ? ["both", "between", "after", "without bob"] : ["both", "between", "after"], Texts(await History(den, bob)));
        Assert.Equal(history == HistoryView.All, await Store.ReadFirstOfSpanAsync(den.Id, bob.Id, default) == 1);
    }

    [Fact]
    public async Task What_newcomers_see_is_its_owners_to_say()
    {
        var alice = await Guest("alice");
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private, HistoryView.All))).Room;
        Assert.Equal(HistoryView.All, den.History);
        await Say(alice, den, "before");
        var bob = await JoinDen(alice, den, "bob");
        Assert.Equal(["before"], Texts(await History(den, bob)));
        await Commit<Logged>(new SetRole(alice, null, den.Id, bob.Id, Core.Rights.Standing.Moderator));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetHistory(bob, null, den.Id, HistoryView.Joined)));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new SetHistory(await Guest("eve"), null, den.Id, HistoryView.Joined)));
    }

    [Fact]
    public async Task A_public_room_that_hides_what_was_said_before_is_read_by_members_from_their_joining_on()
    {
        var (alice, bob, carol) = (await Guest("alice"), await Guest("bob"), await Guest("carol"));
        var dev = await NewRoom(alice, "dev");
        Assert.Equal(HistoryView.All, dev.History);
        await Say(alice, dev, "first");
        await Commit<Logged>(new Join(bob, null, dev.Id));
        await Commit<Logged>(new SetHistory(alice, null, dev.Id, HistoryView.Joined));
        await Say(alice, dev, "second");

        // Who was in it saw all of it, and does still.
        Assert.Equal(["first", "second"], Texts(await History(dev, bob)));
        Assert.Equal(1, await Store.ReadFirstOfSpanAsync(dev.Id, bob.Id, default));
        // Nobody looks on any more.
        Assert.Empty((await History(dev, carol)).Messages);
        Assert.Empty((await History(dev, null)).Messages);
        Assert.Empty(await Events(dev, carol));
        Assert.Equal(Refusal.NotAMember, await Refused(new Post(carol, null, dev.Id, Body("hello"))));
        var joined = await Commit<Logged>(new Join(carol, null, dev.Id));
        await Say(carol, dev, "third");
        Assert.Equal(["third"], Texts(await History(dev, carol)));
        Assert.Equal(joined.Seq, await Store.ReadFirstOfSpanAsync(dev.Id, carol.Id, default));

        await Commit<Logged>(new SetHistory(alice, null, dev.Id, HistoryView.All));
        Assert.Equal(["first", "second", "third"], Texts(await History(dev, null)));
        await ReopenAsync();
        await Commit<Logged>(new SetHistory(alice, null, dev.Id, HistoryView.Joined));
        Assert.Equal(["first", "second", "third"], Texts(await History(dev, carol)));
    }

    [Fact]
    public async Task A_public_room_may_hide_the_past_from_the_first_and_the_lobby_never_does()
    {
        var (owner, alice) = (await Account("olga", Core.Rights.ServerRole.Owner), await Guest("alice"));
        var hall = (await Commit<Logged>(new CreateRoom(alice, null, "hall", "Hall", RoomKind.Public, HistoryView.Joined))).Room;
        await Say(alice, hall, "before");
        Assert.Equal(["before"], Texts(await History(hall, alice)));
        Assert.Empty((await History(hall, owner)).Messages);
        Assert.Equal(Refusal.Forbidden, await Refused(new SetHistory(owner, null, (await Lobby()).Id, HistoryView.Joined)));
    }

    private async Task<Room> NewDen(User owner, string slug = "den") =>
        (await Commit<Logged>(new CreateRoom(owner, null, slug, "Den", RoomKind.Private))).Room;

    private async Task<User> JoinDen(User owner, Room den, string nick)
    {
        var user = await Guest(nick);
        await Commit<Logged>(new Invite(owner, null, den.Id, user.Id));
        await Commit<Logged>(new Join(user, null, den.Id));
        return user;
    }
}
