using Minato.Core.Commands;
using Minato.Core.Messages;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_page_is_the_newest_oldest_first_and_says_whether_there_are_more()
    {
        var (room, alice) = await RoomWithPosts(5);
        foreach (var limit in new[] { 1, 4 })
            await AssertPage(room, alice, null, null, limit, [.. Enumerable.Range(6 - limit, limit)], more: true);
        foreach (var limit in new[] { 5, 6, 200 })
            await AssertPage(room, alice, null, null, limit, [1, 2, 3, 4, 5], more: false);
    }

    /// <summary>Every bound and every limit on 5 posts at seq 2, 4, 6, 8, 10 (a topic before each).</summary>
    [Fact]
    public async Task Pages_before_and_after_are_right_at_every_boundary()
    {
        var (room, alice) = await RoomWithPosts(5);
        for (var bound = 0; bound <= 12; bound++)
        {
            for (var limit = 1; limit <= 6; limit++)
            {
                var older = Enumerable.Range(1, 5).Where(n => SeqOf(n) < bound).ToList();
                await AssertPage(room, alice, bound, null, limit, older.TakeLast(limit), more: older.Count > limit);
                var newer = Enumerable.Range(1, 5).Where(n => SeqOf(n) > bound).ToList();
                await AssertPage(room, alice, null, bound, limit, newer.Take(limit), more: newer.Count > limit);
            }
        }
    }

    [Fact]
    public async Task A_room_without_posts_has_an_empty_history()
    {
        var alice = await Guest("alice");
        var page = await History(await NewRoom(alice, "dev"), alice);
        Assert.Equal((1L, false, 0), (page.Head, page.More, page.Messages.Count));
    }

    [Fact]
    public async Task A_message_in_history_is_what_was_posted()
    {
        var alice = await Guest("alice");
        var lobby = await Lobby();
        var said = await Say(alice, lobby, "「港」\n🦊");
        await Say(alice, lobby, "2");
        Assert.Equal(new Message(said.Seq, 1, said.Ts, alice, Body("「港」\n🦊")), (await History(lobby, null)).Messages[0]);
        Assert.Equal(3, (await History(lobby, null, limit: 1)).Head);
    }

    [Fact]
    public async Task A_page_holds_at_most_128_KiB_of_bodies_and_says_that_there_are_more()
    {
        var alice = await Guest("alice");
        var dev = await NewRoom(alice, "dev");
        var large = Body(new string('x', MessageBody.MaxBytes));
        await Commit([.. Enumerable.Range(0, 8).Select(_ => new Post(alice, null, dev.Id, large))]);
        var whole = await History(dev, alice);
        Assert.Equal((8, false), (whole.Messages.Count, whole.More));
        await Say(alice, dev, "y");
        foreach (var (page, first) in new[] { (await History(dev, alice), 3L), (await History(dev, alice, after: 0), 2L), (await History(dev, alice, before: 10), 2L) })
        {
            Assert.Equal(first, page.Messages[0].Seq);
            Assert.True(page.Messages.Sum(m => m.Body!.Value.Utf8.Length) <= 128 * 1024);
        }
        Assert.True((await History(dev, alice)).More);
        Assert.True((await History(dev, alice, after: 0)).More);
        Assert.False((await History(dev, alice, before: 10)).More);
        // Nothing is skipped between two pages.
        var newest = await History(dev, alice);
        Assert.Equal([2L], (await History(dev, alice, before: newest.Messages[0].Seq)).Messages.Select(m => m.Seq));
        var oldest = await History(dev, alice, after: 0);
        Assert.Equal([10L], (await History(dev, alice, after: oldest.Messages[^1].Seq)).Messages.Select(m => m.Seq));
    }

    private static int SeqOf(int post) => (2 * post) + 1;

    private async Task<(Core.Rooms.Room Room, Core.Users.User User)> RoomWithPosts(int count)
    {
        var alice = await Guest("alice");
        var dev = await NewRoom(alice, "dev");
        foreach (var n in Enumerable.Range(1, count))
            await Commit(new SetTopic(alice, null, dev.Id, $"{n}"), new Post(alice, null, dev.Id, Body($"{n}")));
        return (dev, alice);
    }

    private async Task AssertPage(
        Core.Rooms.Room room, Core.Users.User user, long? before, long? after, int limit, IEnumerable<int> expected, bool more)
    {
        var page = await History(room, user, before, after, limit);
        Assert.Equal(expected.Select(n => (SeqOf(n), n, $"{n}")), page.Messages.Select(m => ((int)m.Seq, (int)m.PostNo, m.Body!.Value.ToString())));
        Assert.True(more == page.More, $"more, before {before}, after {after}, limit {limit}");
        Assert.Equal(11, page.Head);
    }
}
