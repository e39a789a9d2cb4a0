using Minato.Core.Commands;
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

    private async Task<IEnumerable<string?>> MentionsOf(User user, int limit = 9) =>
        (await Store.ReadMentionsAsync(user.Id, limit, CancellationToken.None)).Select(m => m.Message.Body?.ToString());
}
