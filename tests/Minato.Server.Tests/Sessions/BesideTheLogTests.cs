using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Presence, typing, receipts and mentions, as a client of minato.v1 sees them.</summary>
public sealed class BesideTheLogTests : IAsyncDisposable
{
    private readonly SessionHost _host = new(rateLimits: false);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_comes_and_goes_is_told_to_those_who_asked_and_a_reconnect_is_not()
    {
        using var alice = await _host.PersonAsync("alice", "presence");
        await TickAsync(alice, f => Names(f, "arrived").SequenceEqual(["alice"]));
        using var deaf = await _host.WelcomeAsync();
        var bob = await _host.PersonAsync("bob");
        var arrived = await TickAsync(alice, f => Names(f, "arrived").SequenceEqual(["bob"]));
        Assert.Equal(3, arrived.GetProperty("count").GetInt32());

        await bob.CloseAsync();
        await Patience.Until(() => _host.Context.Sessions.All.Count == 2, "bob's session ended");
        using (var again = await _host.WelcomeAsync(bob.Session))
        {
            using var carol = await _host.PersonAsync("carol");
            var next = await TickAsync(alice, _ => true); // and not bob, neither as gone nor as come
            Assert.Equal(["carol"], Names(next, "arrived"));
            Assert.Empty(Names(next, "left"));
            await again.CloseAsync();
            await carol.CloseAsync();
        }
        await Patience.Until(() => _host.Context.Sessions.All.Count == 2, "both sessions ended");
        var left = await TickAsync(alice, f => Names(f, "left").Count > 0);
        Assert.Equal(["bob", "carol"], Names(left, "left").Order());
        var who = await alice.AskAsync(new { op = "who", rid = "w", room = "#lobby" }, "w");
        Assert.Equal(2, who.GetProperty("count").GetInt32());
        Assert.False(who.TryGetProperty("more", out _));

        await deaf.AskAsync(new { op = "rooms", rid = "r" }, "r");
        while (deaf.TakeKept() is { } frame)
            Assert.NotEqual("eph", WsClient.Op(frame));
    }

    [Fact]
    public async Task Whatever_happens_meanwhile_the_welcome_comes_first()
    {
        using var bob = await _host.PersonAsync("bob", "presence");
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _host.Store.BeforeStanding = () =>
        {
            asked.TrySetResult();
            return goOn.Task;
        };
        using var alice = _host.WebSocket();
        await alice.SendAsync(new { op = "hello", ver = 1, want = new[] { "presence", "typing", "receipts" } });
        await asked.Task.Within("alice to enter the lobby");
        await bob.AskAsync(new { op = "nick", cid = "n", nick = "bobby" }, "n");
        await TickAsync(bob, f => f.GetProperty("count").GetInt32() == 2);
        goOn.SetResult();
        Assert.Equal("welcome", WsClient.Op((await alice.ReceiveAsync())!.Value));
        Assert.Equal("bobby", (await alice.NextAsync("user")).GetProperty("user").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Who_types_is_told_in_rooms_where_they_may_post()
    {
        using var alice = await _host.PersonAsync("alice", "typing");
        using var bob = await _host.PersonAsync("bob");
        using var nobody = await _host.WelcomeAsync();
        await nobody.SendAsync(new { op = "typing", room = "#lobby" });
        await bob.SendAsync(new { op = "typing", room = "#nowhere" });
        await bob.SendAsync(new { op = "typing", room = "#lobby" });
        var typing = await TickAsync(alice, f => f.GetProperty("type").GetString() == "typing");
        Assert.Equal(["bob"], Names(typing, "users"));
        await bob.AskAsync(new { op = "rooms", rid = "r" }, "r"); // the session goes on
    }

    [Fact]
    public async Task How_far_others_have_read_is_told_to_members_who_asked_and_answered_to_members()
    {
        using var alice = await _host.PersonAsync("alice", "receipts");
        using var bob = await _host.PersonAsync("bob");
        using var eve = await _host.PersonAsync("eve", "receipts");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", slug = "dev" }, "c")).GetProperty("room").GetString()!;
        await bob.AskAsync(new { op = "join", cid = "j", room }, "j");
        var seq = (await alice.PostedAsync("p", "read me", room)).GetProperty("seq").GetInt64();
        await bob.SendAsync(new { op = "read", room, seq });
        await bob.AskAsync(new { op = "rooms", rid = "r" }, "r"); // the mark was taken
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var told = await alice.NextAsync(f => WsClient.Op(f) == "eph" && Readers(f).ContainsKey("bob"), "bob's read position");
        Assert.Equal((room, seq), (told.GetProperty("room").GetString(), Readers(told)["bob"]));

        var answer = await bob.AskAsync(new { op = "receipts", rid = "s", room }, "s");
        Assert.Equal(new Dictionary<string, long> { ["alice"] = seq, ["bob"] = seq }, Readers(answer));
        Assert.Equal("not_a_member", (await eve.AskAsync(new { op = "receipts", rid = "s", room }, "s")).GetProperty("code").GetString());
        while (eve.TakeKept() is { } frame)
            Assert.NotEqual("eph", WsClient.Op(frame));
    }

    [Fact]
    public async Task Mentions_are_answered_with_where_they_stand_the_newest_first()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        await alice.PostedAsync("p0", "nobody");
        for (var i = 1; i <= 3; i++)
            await alice.PostedAsync($"p{i}", $"@bob {i}");
        var lobby = (await alice.PostedAsync("p4", "@bob 4")).GetProperty("room").GetString();
        var answer = await bob.AskAsync(new { op = "mentions", rid = "m", limit = 3 }, "m");
        Assert.True(answer.GetProperty("more").GetBoolean());
        var mentions = answer.GetProperty("mentions").EnumerateArray().ToList();
        Assert.All(mentions, m => Assert.Equal(lobby, m.GetProperty("room").GetString()));
        Assert.Equal(["@bob 4", "@bob 3", "@bob 2"], mentions.Select(m => m.GetProperty("message").GetProperty("body").GetString()));
        Assert.False((await bob.AskAsync(new { op = "mentions", rid = "m2", limit = 4 }, "m2")).GetProperty("more").GetBoolean());

        using var nobody = await _host.WelcomeAsync();
        Assert.Empty((await nobody.AskAsync(new { op = "mentions", rid = "m" }, "m")).GetProperty("mentions").EnumerateArray());
    }

    [Fact]
    public async Task Pins_are_answered_newest_first_to_whoever_may_read_the_room_and_as_many_as_fit()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den", title = "Den", history = "all" }, "c");
        var filling = new string('x', 16_000);
        for (var i = 1; i <= 20; i++)
        {
            var seq = (await alice.AskAsync(new { op = "send", cid = $"s{i}", room = "#den", body = $"{i} {filling}" }, $"s{i}")).GetProperty("seq").GetInt64();
            await alice.AskAsync(new { op = "pin", cid = $"p{i}", room = "#den", seq }, $"p{i}");
        }
        var answer = await alice.AskAsync(new { op = "pins", rid = "q1", room = "#den" }, "q1");
        var bodies = answer.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()!.Split(' ')[0]).ToList();
        Assert.InRange(bodies.Count, 10, 19);
        Assert.Equal(Enumerable.Range(0, bodies.Count).Select(i => $"{20 - i}"), bodies);
        Assert.True(answer.GetProperty("more").GetBoolean());
        Assert.Equal("no_such_room", (await bob.AskAsync(new { op = "pins", rid = "q2", room = "#den" }, "q2")).GetProperty("code").GetString());
        Assert.Empty((await bob.AskAsync(new { op = "pins", rid = "q3", room = "#lobby" }, "q3")).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Long_mentions_fit_into_what_their_reader_can_take()
    {
        using var alice = await _host.PersonAsync("alice");
        using var before = await _host.PersonAsync("bob");
        await before.CloseAsync();
        var body = "@bob " + new string('"', (16 * 1024) - 5);
        for (var i = 0; i < 60; i++)
            await alice.PostedAsync($"p{i}", body);
        using var bob = await _host.WelcomeAsync(before.Session);
        var answer = await bob.AskAsync(new { op = "mentions", rid = "m", limit = 200 }, "m");
        Assert.True(answer.GetProperty("more").GetBoolean());
        Assert.InRange(answer.GetProperty("mentions").GetArrayLength(), 10, 20);
    }

    /// <summary>Lets ticks pass until such a frame comes.</summary>
    private async Task<JsonElement> TickAsync(WsClient client, Func<JsonElement, bool> match)
    {
        var frame = client.NextAsync(f => WsClient.Op(f) == "eph" && match(f), "a frame beside the log");
        await Patience.Until(
            () =>
            {
                _host.Clock.Advance(TimeSpan.FromSeconds(1));
                return frame.IsCompleted;
            }, "a frame beside the log");
        return await frame;
    }

    private static List<string> Names(JsonElement frame, string field) => frame.TryGetProperty(field, out var users)
        ? [.. users.EnumerateArray().Select(u => u.GetProperty("nick").GetString()!)]
        : [];

    private static Dictionary<string, long> Readers(JsonElement frame) => frame.TryGetProperty("receipts", out var receipts)
        ? receipts.EnumerateArray().ToDictionary(r => r.GetProperty("user").GetProperty("nick").GetString()!, r => r.GetProperty("seq").GetInt64())
        : [];
}
