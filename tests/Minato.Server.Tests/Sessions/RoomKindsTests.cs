using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Announcements, slow mode, direct rooms of several and links, as those who are there see them.</summary>
public sealed class RoomKindsTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Slow_mode_says_to_the_millisecond_how_long_and_a_terminal_in_seconds()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        using var linus = await _host.TerminalAsync("linus");
        await alice.AskAsync(new { op = "create", cid = "c", slug = "dev" }, "c");
        await alice.AskAsync(new { op = "slow", cid = "s", room = "#dev", seconds = 30 }, "s");
        await linus.SendAsync("/join #dev\r\none\r\n");
        await linus.ExpectAsync("#dev <linus> one");
        var entered = await EnterAsync(bob);
        Assert.Equal(30, entered.GetProperty("slow").GetInt64());
        await bob.PostedAsync("1", "one", "#dev");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(12_345));
        var refused = await bob.PostedAsync("2", "two", "#dev");
        Assert.Equal(("slow_mode", 17_655), (refused.GetProperty("code").GetString(), refused.GetProperty("retryAfter").GetInt64()));
        // The first one again is the first answer, and no post.
        Assert.Equal("ok", WsClient.Op(await bob.PostedAsync("1", "one", "#dev")));
        await linus.SendAsync("two\r\n");
        await linus.ExpectAsync("* This room is in slow mode: nothing was posted. Send it again in 18 seconds.");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(17_655));
        Assert.Equal("ok", WsClient.Op(await bob.PostedAsync("2", "two", "#dev")));
        await alice.AskAsync(new { op = "slow", cid = "off", room = "#dev" }, "off");
        Assert.Equal("ok", WsClient.Op(await bob.PostedAsync("3", "three", "#dev")));
        Assert.Equal("bad_seconds", Code(await alice.AskAsync(new { op = "slow", cid = "bad", room = "#dev", seconds = 21_601 }, "bad")));
    }

    [Fact]
    public async Task A_direct_room_of_several_opens_for_all_of_them_at_once()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        using var linus = await _host.TerminalAsync("linus");
        var opened = await alice.AskAsync(new { op = "direct", cid = "d", users = new[] { "bob", "linus" } }, "d");
        var room = opened.GetProperty("room").GetString();
        foreach (var client in new[] { alice, bob })
            Assert.Equal("alice, bob, linus", Names((await client.NextAsync("room")).GetProperty("room")));
        Assert.Equal(room, (await bob.AskAsync(new { op = "direct", cid = "d", users = new[] { "linus", "alice", "bob" } }, "d")).GetProperty("room").GetString());
        await bob.PostedAsync("p", "all of us", room!);
        await linus.ExpectAsync("@alice+bob+linus <bob> all of us");
        Assert.Equal("forbidden", Code(await alice.AskAsync(new { op = "invite", cid = "i", room, user = "bob" }, "i")));
        Assert.Equal("forbidden", Code(await alice.AskAsync(new { op = "link", cid = "l", room }, "l")));
        Assert.Equal("no_such_user", Code(await alice.AskAsync(new { op = "direct", cid = "n", users = new[] { "bob", "nobody-of-that-name" } }, "n")));
        Assert.Equal("too_many", Code(await alice.AskAsync(new { op = "direct", cid = "m", users = await ManyAsync(10) }, "m")));
    }

    [Fact]
    public async Task A_link_lets_in_over_every_protocol_and_its_secret_is_told_once()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        using var linus = await _host.TerminalAsync("linus");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den" }, "c")).GetProperty("room").GetString()!;
        var lost = await alice.AskAsync(new { op = "link", cid = "l", room, uses = 2 }, "l");
        var made = await alice.AskAsync(new { op = "link", cid = "l", room, uses = 2 }, "l");
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal(lost.GetProperty("link").GetRawText(), made.GetProperty("link").GetRawText());
        Assert.Equal("no_such_link", Code(await bob.AskAsync(new { op = "join", cid = "lost", link = lost.GetProperty("secret").GetString() }, "lost")));

        var joined = await bob.AskAsync(new { op = "join", cid = "j", link = secret }, "j");
        Assert.Equal(room, joined.GetProperty("room").GetString());
        Assert.Equal("den", (await bob.NextAsync("room")).GetProperty("room").GetProperty("slug").GetString());
        await linus.SendAsync($"/join https://chat.example/#join={secret}\r\n");
        await linus.ExpectAsync("* You are in #den.");
        using var carol = await _host.PersonAsync("carol");
        Assert.Equal("no_such_link", Code(await carol.AskAsync(new { op = "join", cid = "j", link = secret }, "j")));
        foreach (var nonsense in new[] { "", "x", secret + "x", new string('A', 43), new string('!', 43), new string('港', 43) })
            Assert.Equal("no_such_link", Code(await carol.AskAsync(new { op = "join", cid = "n", link = nonsense }, "n")));

        var second = (await bob.AskAsync(new { op = "link", cid = "l2", room }, "l2")).GetProperty("link").GetProperty("id").GetString();
        foreach (var (client, count) in new[] { (alice, 1), (bob, 1) })
        {
            var links = await client.AskAsync(new { op = "links", rid = "q", room }, "q");
            Assert.Equal(count, links.GetProperty("links").GetArrayLength());
            Assert.DoesNotContain("secret", links.GetRawText());
        }
        Assert.Equal("no_such_room", Code(await carol.AskAsync(new { op = "links", rid = "q", room }, "q")));
        Assert.Equal("ok", WsClient.Op(await alice.AskAsync(new { op = "unlink", cid = "u", room, link = second }, "u")));
        Assert.Equal(0, (await alice.AskAsync(new { op = "links", rid = "q2", room }, "q2")).GetProperty("links").GetArrayLength());
    }

    [Fact]
    public async Task Nobody_becomes_somebody_by_naming_a_room_that_they_may_not_know_of()
    {
        using var alice = await _host.PersonAsync("alice");
        await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den" }, "c");
        using var nobody = await _host.WelcomeAsync();
        foreach (var room in new[] { "#den", "#nowhere" })
            Assert.Equal("no_such_room", Code(await nobody.AskAsync(new { op = "join", cid = room, room }, room)));
        await nobody.AskAsync(new { op = "rooms", rid = "r" }, "r");
        Assert.Null(nobody.TakeKept());
    }

    private static async Task<JsonElement> EnterAsync(WsClient client)
    {
        await client.AskAsync(new { op = "join", cid = "join", room = "#dev" }, "join");
        return (await client.NextAsync("room")).GetProperty("room");
    }

    private async Task<List<string>> ManyAsync(int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
            using (await _host.PersonAsync($"person-{i}"))
                names.Add($"person-{i}");
        return names;
    }

    private static string Names(JsonElement room) => string.Join(", ", room.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("nick").GetString()));

    private static string? Code(JsonElement answer) => WsClient.Op(answer) == "error" ? answer.GetProperty("code").GetString() : answer.GetRawText();
}
