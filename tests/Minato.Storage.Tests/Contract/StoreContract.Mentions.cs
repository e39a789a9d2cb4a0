using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Mentions_of_me_are_found_newest_first_in_every_room_that_i_may_see()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var lobby = await Lobby();
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        foreach (var (room, text) in new[] { (dev, "1 @bob"), (dev, "nobody"), (lobby, "2 @BOB さん"), (den, "hidden @bob"), (dev, "3 @everyone"), (lobby, "@everyone elsewhere") })
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Say(alice, room, text);
        }
        Assert.Equal(["3 @everyone", "2 @BOB さん", "1 @bob"], await MentionsOf(bob));
        Assert.Equal(["3 @everyone"], await MentionsOf(bob, limit: 1));
        Assert.Equal([lobby.Id], (await Store.ReadMentionsAsync(bob.Id, 2, default)).Skip(1).Select(m => m.Room.Id));
        await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id));
        Assert.Equal(["2 @BOB さん"], await MentionsOf(bob));
    }

    [Fact]
    public async Task Whoever_left_a_private_room_finds_no_mention_in_it_any_more()
    {
        var (alice, bob, _) = await TwoInARoom();
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Join(bob, null, den.Id));
        var said = await Say(alice, den, "@bob, then");
        Assert.Single(await MentionsOf(bob));
        await Commit<Logged>(new Kick(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Edit(alice, null, den.Id, said.Seq, Body("@bob, and what he must not know")));
        Assert.Empty(await MentionsOf(bob));
    }

    [Fact]
    public async Task Members_come_in_pages_in_an_order_that_stays()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var others = new List<User>();
        for (var i = 0; i < 5; i++)
        {
            others.Add(await Guest($"guest{i}"));
            await Commit<Logged>(new Join(others[i], null, dev.Id));
        }
        await Commit<Logged>(new SetRole(alice, null, dev.Id, others[1].Id, Standing.Moderator));
        var first = await Store.ReadMembersAsync(dev.Id, null, 3, default);
        Assert.Equal([new Member(alice, Standing.Owner), new Member(bob, Standing.Member), new Member(others[0], Standing.Member)], first);
        // Whoever the page ended with may be gone by the next.
        await Commit<Logged>(new Leave(others[0], null, dev.Id));
        var second = await Store.ReadMembersAsync(dev.Id, first[^1].User.Uid, 3, default);
        Assert.Equal([new Member(others[1], Standing.Moderator), new Member(others[2], Standing.Member), new Member(others[3], Standing.Member)], second);
        Assert.Equal([new Member(others[4], Standing.Member)], await Store.ReadMembersAsync(dev.Id, second[^1].User.Uid, 3, default));
    }

    [Fact]
    public async Task Mentions_follow_edits_and_go_with_the_message()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(alice, dev, "@bob @bob @everyone");
        Assert.Single(await MentionsOf(bob));
        await Commit<Logged>(new Edit(alice, null, dev.Id, said.Seq, Body("@alice")));
        Assert.Empty(await MentionsOf(bob));
        Assert.Equal(["@alice"], await MentionsOf(alice));
        await Commit<Logged>(new Delete(alice, null, dev.Id, said.Seq));
        Assert.Empty(await MentionsOf(alice));
    }

    [Fact]
    public async Task Of_mentions_of_one_moment_the_rooms_of_lower_number_come_first_whatever_the_limit()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var rooms = new List<Room>();
        foreach (var slug in new[] { "one", "two", "three", "four" })
            rooms.Add(await NewRoom(alice, slug));
        // The clock stands still: every message has the same time.
        foreach (var room in Enumerable.Reverse(rooms))
        {
            await Commit<Logged>(new Join(bob, null, room.Id));
            await Say(alice, room, $"@everyone in {room.Slug}");
        }
        for (var limit = 1; limit <= 4; limit++)
            Assert.Equal(rooms.Take(limit).Select(r => $"@everyone in {r.Slug}"), await MentionsOf(bob, limit));
    }

    [Fact]
    public async Task What_was_said_to_everyone_while_I_was_away_takes_no_place_of_what_I_may_see()
    {
        var (alice, bob, _) = await TwoInARoom();
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Join(bob, null, den.Id));
        await Say(alice, den, "@everyone, before");
        await Commit<Logged>(new Leave(bob, null, den.Id));
        await Say(alice, den, "@everyone, without bob");
        await Say(alice, den, "@everyone, again without bob");
        await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
        await Commit<Logged>(new Join(bob, null, den.Id));
        Assert.Equal(["@everyone, before"], await MentionsOf(bob, limit: 2));
    }

    private async Task<IEnumerable<string?>> MentionsOf(User user, int limit = 9) =>
        (await Store.ReadMentionsAsync(user.Id, limit, CancellationToken.None)).Select(m => m.Message.Body?.ToString());
}
