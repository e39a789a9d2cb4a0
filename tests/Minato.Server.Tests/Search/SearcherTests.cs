using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Server.Tests.Search;

public sealed class SearcherTests : IAsyncDisposable
{
    private readonly SearchHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_finds_what_they_may_see_and_nobody_else_s()
    {
        var (alice, bob) = (await _host.Guest("alice"), await _host.Guest("bob"));
        var (dev, den) = (await _host.Room(alice, "dev"), await _host.Room(alice, "den", RoomKind.Private));
        var direct = (await _host.Log(new OpenDirect(alice, null, alice.Id))).Room;
        await _host.Say(alice, den, "港 before bob");
        await _host.Log(new Invite(alice, null, den.Id, bob.Id));
        await _host.Log(new Join(bob, null, den.Id));
        await _host.Say(alice, den, "港 with bob");
        await _host.Log(new Leave(bob, null, den.Id));
        await _host.Say(alice, den, "港 without bob");
        await _host.Log(new Invite(alice, null, den.Id, bob.Id));
        await _host.Log(new Join(bob, null, den.Id));
        await _host.Say(alice, den, "港 with bob again");
        await _host.Say(alice, dev, "港 open");
        await _host.Say(alice, direct, "港 to myself");
        await _host.LevelAsync();

        Assert.Equal(["港 open", "港 with bob again", "港 with bob"], await _host.Find(bob, "港"));
        Assert.Equal(["港 open"], await _host.Find(null, "港"));
        Assert.Equal(6, (await _host.Find(alice, "港")).Count());
        Assert.Equal(["港 with bob again", "港 with bob"], await _host.Find(bob, "港", den));
        Assert.Empty(await _host.Find(null, "港", den));
        await _host.Log(new Ban(alice, null, dev.Id, bob.Id));
        await _host.Log(new Ban(alice, null, den.Id, bob.Id));
        Assert.Empty(await _host.Find(bob, "港"));
    }

    [Fact]
    public async Task What_is_gone_or_says_something_else_by_now_is_not_found_though_the_index_is_behind()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        var (deleted, edited) = (await _host.Say(alice, dev, "秘密 one"), await _host.Say(alice, dev, "秘密 two"));
        await _host.LevelAsync();
        Assert.Equal(2, (await _host.Find(alice, "秘密")).Count());
        await _host.Log(new Delete(alice, null, dev.Id, deleted.Seq));
        await _host.Log(new Edit(alice, null, dev.Id, edited.Seq, Make.Body("公開 two")));
        Assert.Empty(await _host.Find(alice, "秘密"));
        // Found by a word that stayed, it is shown as it is now.
        Assert.Equal(["公開 two"], await _host.Find(alice, "two"));
    }

    [Fact]
    public async Task Characters_side_by_side_elsewhere_are_no_hit()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        await _host.Say(alice, dev, "東京都と京都人");
        await _host.Say(alice, dev, "東京、京都、都人");
        await _host.LevelAsync();
        Assert.Equal(["東京、京都、都人", "東京都と京都人"], await _host.Find(alice, "京都"));
        Assert.Equal(["東京都と京都人"], await _host.Find(alice, "京都人"));
        Assert.Empty(await _host.Find(alice, "東京都人"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Pages_lead_from_one_to_the_next_and_miss_nothing(int limit)
    {
        var (alice, bob) = (await _host.Guest("alice"), await _host.Guest("bob"));
        var (dev, den) = (await _host.Room(alice, "dev"), await _host.Room(alice, "den", RoomKind.Private));
        for (var i = 0; i < 40; i++)
            await _host.Say(alice, i % 3 == 0 ? den : dev, $"港 {i}");
        await _host.SayMany(alice, dev, 60, i => $"港 burst {i}");
        await _host.LevelAsync();
        var expected = Enumerable.Range(0, 40).Where(i => i % 3 != 0).Select(i => $"港 {i}").Concat(Enumerable.Range(1, 60).Select(i => $"港 burst {i}")).Reverse();
        Assert.Equal(expected, (await All(bob, "港", limit)).Select(r => r.Found.Message.Body.ToString()!));
    }

    [Fact]
    public async Task Where_most_is_not_for_one_s_eyes_a_page_ends_early_and_says_where_to_go_on()
    {
        var (alice, bob) = (await _host.Guest("alice"), await _host.Guest("bob"));
        var (dev, den) = (await _host.Room(alice, "dev"), await _host.Room(alice, "den", RoomKind.Private));
        await _host.Say(alice, dev, "港 far below");
        await _host.SayMany(alice, den, 5_000, i => $"港 {i}");
        await _host.LevelAsync();
        var first = await _host.Search(bob, "港");
        Assert.Empty(first.Results);
        Assert.NotNull(first.Next);
        Assert.InRange(_host.Index.Asked.Sum(a => a.Limit), 1_000, 2_000);
        Assert.Equal(["港 far below"], (await All(bob, "港", 20)).Select(r => r.Found.Message.Body.ToString()));
    }

    [Fact]
    public async Task A_page_of_long_messages_is_shorter()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        for (var i = 0; i < 12; i++)
            await _host.Say(alice, dev, new string('x', 16_000) + $" 港 {i}");
        await _host.LevelAsync();
        var page = await _host.Search(alice, "港");
        Assert.Equal(8, page.Results.Count);
        Assert.Equal(12, (await All(alice, "港", 50)).Count);
    }

    [Fact]
    public async Task A_result_shows_what_stands_around_the_hit()
    {
        var alice = await _host.Guest("alice");
        await _host.Say(alice, await _host.Room(alice, "dev"), "昨日は" + new string('あ', 300) + "ﾄｳｷｮｳ" + new string('い', 300));
        await _host.LevelAsync();
        var result = Assert.Single((await _host.Search(null, "トウキョウ")).Results);
        Assert.Equal(["…" + new string('あ', 40), "ﾄｳｷｮｳ", new string('い', 115) + "…"], result.Snippet.Select(p => p.Text));
        Assert.Equal([false, true, false], result.Snippet.Select(p => p.IsHit));
        Assert.Equal("dev", result.Found.Room.Slug);
    }

    private async Task<List<SearchResult>> All(Core.Users.User user, string text, int limit)
    {
        var all = new List<SearchResult>();
        for (long? before = null; ;)
        {
            var page = await _host.Search(user, text, before: before, limit: limit);
            Assert.True(page.Results.Count <= limit);
            all.AddRange(page.Results);
            if (page.Next is null)
                return all;
            Assert.True(page.Next < (before ?? long.MaxValue));
            before = page.Next;
        }
    }
}
