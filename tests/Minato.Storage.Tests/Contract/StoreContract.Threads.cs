using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_thread_is_its_root_and_all_that_answers_it_in_pages()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (root, other) = (await Say(alice, dev, "root"), await Say(alice, dev, "other"));
        var first = await Commit<Logged>(new Post(bob, null, dev.Id, Body("1"), root.Seq));
        await Commit(new Post(bob, null, dev.Id, Body("elsewhere"), other.Seq), new Post(alice, null, dev.Id, Body("2"), first.Seq));
        await Commit<Logged>(new React(alice, null, dev.Id, first.Seq, "👍", true));
        var thread = await Thread(new PageRequest(null, null, 200));
        Assert.Equal(["root", "1", "2"], Texts(thread));
        Assert.False(thread.More);
        Assert.Single(thread.Messages[1].Reactions);
        var newest = await Thread(new PageRequest(null, null, 2));
        Assert.Equal(["1", "2"], Texts(newest));
        Assert.True(newest.More);
        Assert.Equal(["root"], Texts(await Thread(new PageRequest(newest.Messages[0].Seq, null, 2))));
        Assert.Equal(["1"], Texts(await Thread(new PageRequest(null, root.Seq, 1))));
        Assert.Equal(["elsewhere"], Texts(await Store.ReadThreadAsync(dev.Id, bob.Id, other.Seq, new PageRequest(null, other.Seq, 9), default)));
        await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id));
        Assert.Empty((await Thread(new PageRequest(null, null, 200))).Messages);

        async Task<MessagePage> Thread(PageRequest page) => await Store.ReadThreadAsync(dev.Id, bob.Id, root.Seq, page, default);
    }

    [Fact]
    public async Task A_thread_in_a_private_room_is_seen_from_joining_on()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        var root = await Say(alice, den, "root");
        await Commit(new Invite(alice, null, den.Id, bob.Id), new Join(bob, null, den.Id), new Post(alice, null, den.Id, Body("answer"), root.Seq));
        Assert.Equal(["answer"], Texts(await Store.ReadThreadAsync(den.Id, bob.Id, root.Seq, new PageRequest(null, null, 9), default)));
    }

    /// <summary>5 posts at seq 3, 5, 7, 9, 11.</summary>
    [Theory]
    [InlineData(7, 3, "2 3 4", true, true)]
    [InlineData(7, 2, "2 3", true, true)]
    [InlineData(7, 1, "3", true, true)]
    [InlineData(3, 1, "1", false, true)]
    [InlineData(7, 9, "1 2 3 4 5", false, false)]
    [InlineData(3, 4, "1 2", false, true)]
    [InlineData(11, 4, "3 4 5", true, false)]
    [InlineData(8, 2, "3 4", true, true)]
    [InlineData(99, 4, "4 5", true, false)]
    public async Task A_page_around_a_message_has_what_was_before_and_what_came_after(long around, int limit, string posts, bool more, bool moreAfter)
    {
        var (room, alice) = await RoomWithPosts(5);
        var page = await Store.ReadHistoryAsync(room.Id, alice.Id, new PageRequest(null, null, limit) { Around = around }, default);
        Assert.Equal((posts, more, moreAfter), (string.Join(' ', Texts(page)), page.More, page.MoreAfter));
    }

    [Fact]
    public async Task Members_see_how_far_members_have_read_and_nobody_else_does()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Say(alice, dev, "1");
        await Commit<ReadMoved>(new MarkRead(alice, dev.Id, 3));
        Assert.Equal([new ReadPosition(alice, 3), new ReadPosition(bob, 2)], await Store.ReadPositionsAsync(dev.Id, bob.Id, 9, default));
        Assert.Equal([new ReadPosition(alice, 3)], await Store.ReadPositionsAsync(dev.Id, bob.Id, 1, default));
        Assert.Empty(await Store.ReadPositionsAsync(dev.Id, (await Guest("carol")).Id, 9, default));
        await Commit<Logged>(new Kick(alice, null, dev.Id, bob.Id));
        Assert.Equal([new ReadPosition(alice, 3)], await Store.ReadPositionsAsync(dev.Id, alice.Id, 9, default));
        Assert.Empty(await Store.ReadPositionsAsync(dev.Id, bob.Id, 9, default));
    }
}
