using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

public sealed class WebSocketSessionTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_welcome_says_who_where_and_how_much()
    {
        using var client = _host.WebSocket();
        var welcome = await client.HelloAsync();
        Assert.Equal(JsonValueKind.Null, welcome.GetProperty("you").GetProperty("id").ValueKind);
        Assert.StartsWith("guest-", welcome.GetProperty("you").GetProperty("nick").GetString());
        var lobby = Assert.Single(welcome.GetProperty("rooms").EnumerateArray());
        Assert.Equal("lobby", lobby.GetProperty("slug").GetString());
        Assert.Equal(16384, welcome.GetProperty("limits").GetProperty("body").GetInt32());
        Assert.Equal(64, welcome.GetProperty("limits").GetProperty("inFlight").GetInt32());
        Assert.Equal(75000, welcome.GetProperty("heartbeat").GetProperty("timeout").GetInt32());
        Assert.NotNull(client.Session);
        await client.SendAsync(new { op = "hello", ver = 1 });
        Assert.Equal("bad_frame", Code(await client.NextAsync("error")));
    }

    [Fact]
    public async Task Malformed_and_unknown_frames_are_told_and_the_session_goes_on()
    {
        using var client = await _host.WelcomeAsync();
        foreach (var (frame, code) in new[]
        {
            ("{", "bad_frame"), ("[]", "bad_frame"), ("{}", "bad_frame"), ("""{"op":"dance"}""", "unknown_op"),
            ("""{"op":"send","cid":"c","room":"#lobby"}""", "bad_frame"), ("""{"op":"send","cid":"","room":"#lobby","body":"x"}""", "bad_cid"),
            ("""{"op":"send","cid":"c","room":"nowhere","body":"x"}""", "bad_frame"), ("""{"op":"send","cid":"c","room":"#nowhere","body":"x"}""", "no_such_room"),
            ("""{"op":"send","cid":"c","room":"#lobby","body":""}""", "bad_body"), ("""{"op":"send","cid":"c","room":"#lobby","body":"\u0007"}""", "bad_body"),
            ("""{"op":"nick","cid":"c","nick":"a b"}""", "bad_nick"), ("""{"op":"create","cid":"c","slug":"a,b"}""", "bad_slug"),
            ("""{"op":"direct","cid":"c","user":"nobody"}""", "no_such_user"),
            ("""{"op":"history","rid":"r","room":"#lobby","limit":0}""", "bad_frame"), ("""{"op":"history","rid":"r","room":"#lobby","limit":201}""", "bad_frame"),
            ("""{"op":"history","rid":"r","room":"#lobby","before":1,"after":1}""", "bad_frame"),
        })
        {
            await client.SendTextAsync(frame);
            Assert.Equal(code, Code(await client.NextAsync("error")));
        }
        var tooLong = new string('x', (16 * 1024) + 1);
        Assert.Equal("body_too_large", Code(await client.PostedAsync("c9", tooLong)));
        await client.SendAsync(new { op = "ping" });
        await client.NextAsync("pong");
    }

    [Fact]
    public async Task A_cid_sent_again_gets_its_first_answer_and_nothing_twice()
    {
        using var client = await _host.WelcomeAsync();
        var first = await client.PostedAsync("c1", "once");
        var again = await client.PostedAsync("c1", "once");
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("cid_conflict", Code(await client.AskAsync(new { op = "join", cid = "c1", room = "#lobby" }, "c1")));
        await client.PostedAsync("c2", "twice");
        await client.PostEventAsync("once");
        Assert.Equal(first.GetProperty("seq").GetInt64() + 1, (await client.NextAsync("ev")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Ok_comes_before_the_senders_own_event_and_you_before_both()
    {
        using var client = await _host.WelcomeAsync();
        await client.PostAsync("c1", "hello");
        Assert.Equal(["you", "ok", "ev"], [WsClient.Op((await client.ReceiveAsync())!.Value), WsClient.Op((await client.ReceiveAsync())!.Value), WsClient.Op((await client.ReceiveAsync())!.Value)]);
    }

    [Fact]
    public async Task Resume_sends_exactly_what_was_missed_and_then_what_is_new()
    {
        using var writer = await _host.WelcomeAsync();
        for (var i = 1; i <= 40; i++)
            await writer.PostedAsync($"c{i}", $"p{i}"); // seq 2 to 41
        var room = (await writer.PostedAsync("c0", "p41")).GetProperty("room").GetString()!;
        using var client = await _host.WelcomeAsync(resume: new Dictionary<string, long> { [room] = 30 });
        Assert.Equal(42, (await client.NextAsync("resumed")).GetProperty("head").GetInt64());
        for (var seq = 31; seq <= 42; seq++)
            Assert.Equal(seq, (await client.NextAsync("ev")).GetProperty("seq").GetInt64());
        await writer.PostedAsync("c42", "live");
        Assert.Equal(43, (await client.NextAsync("ev")).GetProperty("seq").GetInt64());
        using var level = await _host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = 43 });
        Assert.Equal(43, (await level.NextAsync("resumed")).GetProperty("head").GetInt64());
    }

    [Fact]
    public async Task Who_missed_more_than_a_thousand_gets_the_newest_and_is_told_from_where()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var writer = await host.WelcomeAsync();
        var room = (await writer.PostedAsync("first", "x")).GetProperty("room").GetString()!;
        for (var i = 0; i < 1100; i++)
            await writer.PostAsync($"c{i}", $"p{i}");
        await writer.AnswerAsync("c1099"); // head 1102
        using var client = await host.WelcomeAsync(resume: new Dictionary<string, long> { [room] = 1 });
        var partial = await client.NextAsync("partial");
        Assert.Equal((103, 1102), (partial.GetProperty("from").GetInt64(), partial.GetProperty("head").GetInt64()));
        for (var seq = 103; seq <= 1102; seq++)
            Assert.Equal(seq, (await client.NextAsync("ev")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Unknown_rooms_and_those_held_beyond_the_head_are_reset()
    {
        using var client = _host.WebSocket();
        await client.HelloAsync(resume: new Dictionary<string, long> { ["#lobby"] = 99, [Guid.NewGuid().ToString()] = 5, ["#nowhere"] = 1 });
        var resets = new List<string>();
        for (var i = 0; i < 3; i++)
            resets.Add((await client.NextAsync("reset")).GetProperty("reason").GetString()!);
        Assert.Equal(["ahead", "unknown", "unknown"], resets.Order());
    }

    [Fact]
    public async Task Whoever_holds_what_a_room_no_longer_keeps_is_reset_and_who_holds_enough_resumes()
    {
        using var before = await _host.WelcomeAsync();
        var room = (await before.AskAsync(new { op = "create", cid = "c", slug = "dev", title = "Dev" }, "c")).GetProperty("room").GetString()!;
        for (var i = 1; i <= 5; i++)
            await before.PostedAsync($"old{i}", $"old {i}", room); // seq 2 to 6
        Assert.Equal("bad_days", Code(await before.AskAsync(new { op = "retention", cid = "r0", room, days = 0 }, "r0")));
        _host.Clock.Advance(TimeSpan.FromDays(3));
        using var alice = await _host.WelcomeAsync(before.Session);
        await alice.PostedAsync("young", "young", room); // seq 7
        Assert.Equal(8, (await alice.AskAsync(new { op = "retention", cid = "r", room, days = 2 }, "r")).GetProperty("seq").GetInt64());
        Assert.Equal(2, (await alice.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "retention", "the event")).GetProperty("days").GetInt64());

        // The room in memory learns of it without anybody speaking.
        var id = (await _host.Context.Store.FindRoomAsync(Guid.Parse(room), CancellationToken.None))!.Id;
        await Patience.Until(() => _host.Context.Rooms.Find(id)!.Head.FirstSeq == 7, "the old messages are swept");
        foreach (var (held, answer) in new[] { (1L, "reset"), (5L, "reset"), (6L, "resumed"), (7L, "resumed"), (8L, "resumed") })
        {
            using var again = _host.WebSocket();
            var welcome = await again.HelloAsync(alice.Session, resume: new Dictionary<string, long> { [room] = held });
            var listed = welcome.GetProperty("rooms").EnumerateArray().Single(r => r.GetProperty("id").GetString() == room);
            Assert.Equal((7, 8, 6, 2), (listed.GetProperty("firstSeq").GetInt32(), listed.GetProperty("head").GetInt32(), listed.GetProperty("posts").GetInt32(), listed.GetProperty("retention").GetInt32()));
            var told = await again.NextAsync(answer);
            if (answer == "reset")
                Assert.Equal("trimmed", told.GetProperty("reason").GetString());
            for (var seq = held + 1; answer == "resumed" && seq <= 8; seq++)
                Assert.Equal(seq, (await again.NextAsync("ev")).GetProperty("seq").GetInt64());
            var page = await again.AskAsync(new { op = "history", rid = "h", room }, "h");
            Assert.False(page.GetProperty("more").GetBoolean());
            Assert.Equal("young", Assert.Single(page.GetProperty("messages").EnumerateArray()).GetProperty("body").GetString());
        }
    }

    [Fact]
    public async Task Erased_messages_are_told_once_and_replayed_as_erased()
    {
        using var alice = await _host.WelcomeAsync();
        using var bob = await _host.WelcomeAsync();
        await bob.AskAsync(new { op = "nick", cid = "n", nick = "bob" }, "n");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", slug = "dev", title = "Dev" }, "c")).GetProperty("room").GetString()!;
        await bob.AskAsync(new { op = "join", cid = "j", room }, "j");
        for (var i = 1; i <= 3; i++)
            await bob.PostedAsync($"his{i}", $"his {i}", room); // seq 3 to 5
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alice" }, "n");
        await alice.PostedAsync("hers", "hers", room); // seq 6
        Assert.Equal("forbidden", Code(await bob.AskAsync(new { op = "erase", cid = "e0", room, user = "alice" }, "e0")));
        Assert.Equal(7, (await alice.AskAsync(new { op = "erase", cid = "e", room, user = "bob" }, "e")).GetProperty("seq").GetInt64());
        var erased = await bob.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "erase", "the event");
        Assert.Equal(("bob", 6), (erased.GetProperty("subject").GetProperty("nick").GetString(), erased.GetProperty("upTo").GetInt32()));
        using var again = await _host.WelcomeAsync(bob.Session, new Dictionary<string, long> { [room] = 2 });
        for (var seq = 3; seq <= 7; seq++)
        {
            var ev = await again.NextAsync("ev");
            Assert.Equal((seq, seq < 6), (ev.GetProperty("seq").GetInt32(), ev.TryGetProperty("erased", out _)));
            Assert.Equal(seq == 6, ev.TryGetProperty("body", out _));
        }
        var page = await again.AskAsync(new { op = "history", rid = "h", room }, "h");
        Assert.Equal([true, true, true, false], page.GetProperty("messages").EnumerateArray().Select(m => m.TryGetProperty("erased", out _)));
    }

    [Fact]
    public async Task A_private_room_says_what_its_newcomers_see()
    {
        using var alice = await _host.WelcomeAsync();
        using var bob = await _host.WelcomeAsync();
        await bob.AskAsync(new { op = "nick", cid = "n", nick = "bob" }, "n");
        await alice.AskAsync(new { op = "create", cid = "c0", kind = "public", slug = "hall", title = "", history = "joined" }, "c0");
        Assert.Equal("joined", (await alice.NextAsync("room")).GetProperty("room").GetProperty("history").GetString());
        Assert.Equal("not_a_member", Code(await bob.AskAsync(new { op = "history", rid = "h0", room = "#hall" }, "h0")));
        var room = (await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den", title = "" }, "c")).GetProperty("room").GetString()!;
        Assert.Equal("joined", (await alice.NextAsync("room")).GetProperty("room").GetProperty("history").GetString());
        await alice.PostedAsync("p", "before", room);
        await alice.AskAsync(new { op = "newcomers", cid = "a", room, history = "all" }, "a");
        await alice.AskAsync(new { op = "invite", cid = "i", room, user = "bob" }, "i");
        await bob.AskAsync(new { op = "join", cid = "j", room = "#den" }, "j");
        var entered = (await bob.NextAsync("room")).GetProperty("room");
        Assert.Equal(("all", 0), (entered.GetProperty("history").GetString(), entered.GetProperty("unread").GetInt32()));
        var page = await bob.AskAsync(new { op = "history", rid = "h", room }, "h");
        Assert.Equal("before", Assert.Single(page.GetProperty("messages").EnumerateArray()).GetProperty("body").GetString());
    }

    [Fact]
    public async Task Long_messages_are_resumed_and_paged_without_making_their_reader_slow()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var writer = await host.WelcomeAsync();
        var body = new string('"', 16 * 1024); // 32 KiB in JSON
        for (var i = 0; i < 80; i++)
            Assert.Equal("ok", WsClient.Op(await writer.PostedAsync($"c{i}", body)));
        using var client = await host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = 1 });
        for (var seq = 2; seq <= 81; seq++)
            Assert.Equal(seq, (await client.NextAsync("ev")).GetProperty("seq").GetInt64());
        for (var i = 0; i < 10; i++)
            await client.SendAsync(new { op = "history", rid = $"h{i}", room = "#lobby", limit = 200 });
        for (var i = 0; i < 10; i++)
        {
            var page = await client.AnswerAsync($"h{i}");
            Assert.True(page.GetProperty("more").GetBoolean());
            Assert.Equal(81, page.GetProperty("messages")[page.GetProperty("messages").GetArrayLength() - 1].GetProperty("seq").GetInt64());
        }
    }

    [Fact]
    public async Task History_pages_both_ways_with_its_limits()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var client = await host.WelcomeAsync();
        for (var i = 1; i <= 250; i++)
            await client.PostAsync($"c{i}", $"p{i}"); // seq i + 1
        await client.AnswerAsync("c250");
        var newest = await Page(new { op = "history", rid = "r", room = "#lobby" });
        Assert.Equal((50, 202, 251, true), newest);
        Assert.Equal((200, 52, 251, true), await Page(new { op = "history", rid = "r", room = "#lobby", limit = 200 }));
        Assert.Equal((10, 92, 101, true), await Page(new { op = "history", rid = "r", room = "#lobby", limit = 10, before = 102 }));
        Assert.Equal((10, 102, 111, true), await Page(new { op = "history", rid = "r", room = "#lobby", limit = 10, after = 101 }));
        Assert.Equal((1, 2, 2, false), await Page(new { op = "history", rid = "r", room = "#lobby", limit = 10, before = 3 }));
        Assert.Equal((1, 251, 251, false), await Page(new { op = "history", rid = "r", room = "#lobby", limit = 10, after = 250 }));

        async Task<(int Count, int First, int Last, bool More)> Page(object frame)
        {
            var page = await client.AskAsync(frame, "r");
            Assert.Equal(251, page.GetProperty("head").GetInt64());
            var seqs = page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("seq").GetInt32()).ToList();
            Assert.Equal(seqs.Order(), seqs);
            return (seqs.Count, seqs[0], seqs[^1], page.GetProperty("more").GetBoolean());
        }
    }

    [Fact]
    public async Task Direct_messages_reach_both_and_nobody_else()
    {
        using var alice = await _host.WelcomeAsync();
        using var bob = await _host.WelcomeAsync();
        using var eve = await _host.WelcomeAsync();
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alice" }, "n");
        await bob.AskAsync(new { op = "nick", cid = "n", nick = "bob" }, "n");
        await eve.AskAsync(new { op = "nick", cid = "n", nick = "eve" }, "n");
        var room = (await alice.AskAsync(new { op = "direct", cid = "d", user = "bob" }, "d")).GetProperty("room").GetString()!;
        var told = (await bob.NextAsync("room")).GetProperty("room");
        Assert.Equal(room, told.GetProperty("id").GetString());
        Assert.Equal(["alice", "bob"], told.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("nick").GetString()).Order());
        await alice.PostedAsync("c1", "between us", room);
        await bob.PostEventAsync("between us");
        Assert.Equal(room, (await bob.AskAsync(new { op = "direct", cid = "d", user = "alice" }, "d")).GetProperty("room").GetString());

        Assert.Equal("no_such_room", Code(await eve.PostedAsync("c1", "me too", room)));
        Assert.Equal("no_such_room", Code(await eve.AskAsync(new { op = "history", rid = "h", room }, "h")));
        Assert.Equal("no_such_room", Code(await eve.AskAsync(new { op = "who", rid = "w", room }, "w")));
        Assert.Equal("no_such_room", Code(await eve.AskAsync(new { op = "join", cid = "j", room }, "j")));
        using var again = await _host.WelcomeAsync(eve.Session, new Dictionary<string, long> { [room] = 0 });
        Assert.Equal("unknown", (await again.NextAsync("reset")).GetProperty("reason").GetString());
        await alice.PostedAsync("c2", "in the lobby");
        foreach (var frame in new[] { await eve.NextAsync("ev"), await again.NextAsync("ev") })
            Assert.Equal("in the lobby", frame.GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_session_token_makes_one_the_same_person_again()
    {
        using var first = await _host.WelcomeAsync();
        await first.AskAsync(new { op = "nick", cid = "n", nick = "alice" }, "n");
        using var second = _host.WebSocket();
        var welcome = await second.HelloAsync(first.Session);
        Assert.Equal("alice", welcome.GetProperty("you").GetProperty("nick").GetString());
        Assert.False(welcome.TryGetProperty("session", out _)); // nothing new to keep
        await second.AskAsync(new { op = "nick", cid = "m", nick = "alicia" }, "m");
        Assert.Equal("alicia", (await first.NextAsync(f => WsClient.Op(f) == "you" && f.GetProperty("you").GetProperty("nick").GetString() == "alicia", "the new name")).GetProperty("you").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Two_tabs_with_one_token_that_nobody_knows_yet_become_one_guest()
    {
        using var first = await _host.WelcomeAsync();
        using var second = await _host.WelcomeAsync(first.Session);
        await Task.WhenAll(first.PostAsync("a", "from one tab"), second.PostAsync("b", "from the other"));
        var one = (await first.PostEventAsync("from one tab")).GetProperty("from");
        var other = (await first.PostEventAsync("from the other")).GetProperty("from");
        Assert.Equal(one.GetRawText(), other.GetRawText());
    }

    [Fact]
    public async Task Joining_leaving_renaming_and_reading_are_told_to_whom_they_concern()
    {
        using var alice = await _host.WelcomeAsync();
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alice" }, "n");
        using var tab = await _host.WelcomeAsync(alice.Session);
        using var bob = await _host.WelcomeAsync();
        await bob.PostedAsync("hello", "hello");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", slug = "dev", title = "Dev" }, "c")).GetProperty("room").GetString()!;
        foreach (var client in new[] { alice, tab })
            Assert.Equal("dev", (await client.NextAsync("room")).GetProperty("room").GetProperty("slug").GetString());
        await bob.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");
        await bob.NextAsync("room");
        var joined = await tab.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "join" && f.GetProperty("from").GetProperty("nick").GetString() != "alice", "bob's join");
        var post = await bob.PostedAsync("c1", "read me", room);
        await alice.PostEventAsync("read me");
        await alice.SendAsync(new { op = "read", room, seq = post.GetProperty("seq").GetInt64() });
        await alice.AskAsync(new { op = "rooms", rid = "r" }, "r"); // the mark was taken
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var read = await tab.NextAsync(f => WsClient.Op(f) == "read" && f.GetProperty("room").GetString() == room && f.GetProperty("unread").GetInt32() == 0, "the read position");
        Assert.Equal(post.GetProperty("seq").GetInt64(), read.GetProperty("seq").GetInt64());

        await alice.AskAsync(new { op = "nick", cid = "n2", nick = "alicia" }, "n2");
        Assert.Equal("alicia", (await bob.NextAsync(f => WsClient.Op(f) == "user" && f.GetProperty("user").GetProperty("nick").GetString() == "alicia", "the new name")).GetProperty("user").GetProperty("nick").GetString());
        Assert.Equal("last_owner", Code(await alice.AskAsync(new { op = "role", cid = "s", room, user = "alicia", role = "member" }, "s")));
        await alice.AskAsync(new { op = "leave", cid = "l", room }, "l");
        var left = await bob.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "leave", "who owns the room now");
        Assert.Equal(joined.GetProperty("from").GetProperty("id").GetString(), left.GetProperty("heir").GetProperty("id").GetString());
        Assert.Equal(room, (await tab.NextAsync("gone")).GetProperty("room").GetString());
        Assert.Equal("not_a_member", Code(await alice.AskAsync(new { op = "topic", cid = "t", room, topic = "x" }, "t")));
        var again = await bob.AskAsync(new { op = "join", cid = "j2", room }, "j2"); // the same answer, with the room's head
        Assert.Equal(("ok", post.GetProperty("seq").GetInt64() + 1), (WsClient.Op(again), again.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task Who_and_rooms_list_what_there_is()
    {
        using var alice = await _host.WelcomeAsync();
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alice" }, "n");
        using var onlooker = await _host.WelcomeAsync();
        var who = await onlooker.AskAsync(new { op = "who", rid = "w", room = "#lobby" }, "w");
        Assert.Equal(2, who.GetProperty("count").GetInt32());
        Assert.Equal("alice", Assert.Single(who.GetProperty("here").EnumerateArray()).GetProperty("nick").GetString());
        var rooms = await onlooker.AskAsync(new { op = "rooms", rid = "r" }, "r");
        Assert.Equal(0, Assert.Single(rooms.GetProperty("rooms").EnumerateArray()).GetProperty("members").GetInt32());
    }

    [Fact]
    public async Task A_server_that_stops_says_when_to_return_and_closes_with_1012_whoever_is_there()
    {
        using var client = await _host.WelcomeAsync();
        using var silent = _host.WebSocket(); // not even a hello yet
        await Patience.Until(() => _host.Context.Sessions.All.Count == 2, "both are there");
        await client.PostAsync("c1", "last words");
        await client.AnswerAsync("c1");
        await _host.Context.Sessions.DrainAsync();
        Assert.True((await client.NextAsync("bye")).GetProperty("retryAfter").GetInt64() > 0);
        Assert.Equal(1012, await client.ClosedAsync());
        Assert.Equal(1012, await silent.ClosedAsync());
        using var late = _host.WebSocket(); // was being accepted at that moment
        Assert.Equal(1012, await late.ClosedAsync());
    }

    private static string Code(JsonElement error) => WsClient.Op(error) == "error" ? error.GetProperty("code").GetString()! : error.GetRawText();
}
