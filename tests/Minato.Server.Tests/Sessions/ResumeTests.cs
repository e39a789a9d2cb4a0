using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Coming back: what memory serves, what the store serves, and what nobody is served.</summary>
public sealed class ResumeTests : IAsyncDisposable
{
    private readonly SessionHost _host = new(rateLimits: false);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_storm_that_returns_to_about_the_same_place_reads_no_events_from_the_store()
    {
        const int Returning = 200;
        using var writer = await _host.WelcomeAsync();
        for (var i = 1; i <= 300; i++)
            await writer.PostAsync($"c{i}", $"p{i}"); // seq i + 1
        var room = (await writer.AnswerAsync("c300")).GetProperty("room").GetString()!;
        await Task.WhenAll(Enumerable.Range(0, Returning).Select(async i =>
        {
            var last = 100 + (i % 5);
            using var client = await _host.WelcomeAsync(resume: new Dictionary<string, long> { [room] = last });
            while (last < 301)
                Assert.Equal(++last, Seq(await client.NextAsync("ev")));
        }));
        Assert.Equal(0, _host.Store.EventReads);
    }

    [Fact]
    public async Task A_room_that_was_let_go_is_loaded_with_its_head_and_the_store_serves_what_memory_gave_back()
    {
        using (var writer = await _host.WelcomeAsync())
        {
            for (var i = 1; i <= 50; i++)
                await writer.PostedAsync($"c{i}", $"p{i}"); // seq i + 1
            Assert.True(_host.Context.Rooms.Budget.Used > 0);
            await writer.CloseAsync();
        }
        await Patience.Until(() => _host.Context.Sessions.All.Count == 0, "the session ended");
        Assert.Equal(0, _host.Context.Rooms.Budget.Used);
        using var client = _host.WebSocket();
        var welcome = await client.HelloAsync(resume: new Dictionary<string, long> { ["#lobby"] = 11 });
        var lobby = Assert.Single(welcome.GetProperty("rooms").EnumerateArray());
        Assert.Equal((51, 50), (lobby.GetProperty("head").GetInt64(), lobby.GetProperty("posts").GetInt64()));
        for (var seq = 12; seq <= 51; seq++)
            Assert.Equal(seq, Seq(await client.NextAsync("ev")));
        Assert.True(_host.Store.EventReads > 0);
        await client.PostAsync("new", "new");
        Assert.Equal(52, Seq(await client.NextAsync("ev")));
        // One who missed more than memory has is served by both, without a seam.
        using var late = await _host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = 40 });
        for (var seq = 41; seq <= 52; seq++)
            Assert.Equal(seq, Seq(await late.NextAsync("ev")));
    }

    [Fact]
    public async Task A_room_that_is_renamed_while_its_list_is_told_has_its_new_name_in_it()
    {
        using var alice = await _host.PersonAsync("alice");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", slug = "dev" }, "c")).GetProperty("room").GetString();
        var isListed = 0;
        // Somebody comes back: the rooms are listed, and the first of them, the lobby, is entered.
        _host.Store.BeforeStanding = async () =>
        {
            if (Interlocked.Exchange(ref isListed, 1) == 0)
                Assert.Equal("ok", WsClient.Op(await alice.AskAsync(new { op = "slug", cid = "s", room, slug = "work" }, "s")));
        };
        using var back = _host.WebSocket();
        var welcome = await back.HelloAsync(alice.Session);
        Assert.Equal(1, isListed);
        var told = Assert.Single(welcome.GetProperty("rooms").EnumerateArray(), r => r.GetProperty("id").GetString() == room);
        Assert.Equal(("work", "work", 2), (told.GetProperty("slug").GetString(), told.GetProperty("title").GetString(), told.GetProperty("head").GetInt64()));
    }

    [Fact]
    public async Task What_was_deleted_since_is_replayed_as_erased()
    {
        using var writer = await _host.PersonAsync("alice");
        var seq = Seq(await writer.PostedAsync("c1", "a secret"));
        await writer.AskAsync(new { op = "edit", cid = "e", room = "#lobby", seq, body = "a better kept secret" }, "e");
        await writer.AskAsync(new { op = "delete", cid = "d", room = "#lobby", seq }, "d");
        using var client = await _host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = seq - 1 });
        var (post, edit, delete) = (await client.NextAsync("ev"), await client.NextAsync("ev"), await client.NextAsync("ev"));
        Assert.True(post.GetProperty("erased").GetBoolean() && edit.GetProperty("erased").GetBoolean());
        Assert.False(post.TryGetProperty("body", out _) || edit.TryGetProperty("body", out _));
        Assert.Equal("delete", delete.GetProperty("type").GetString());
        Assert.Equal(0, _host.Store.EventReads);
    }

    [Fact]
    public async Task Names_in_what_is_replayed_are_those_of_today()
    {
        using var alice = await _host.PersonAsync("alice");
        var seq = Seq(await alice.PostedAsync("c1", "hello"));
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alicia" }, "n");
        using var client = await _host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = seq - 1 });
        Assert.Equal("alicia", (await client.NextAsync("ev")).GetProperty("from").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task A_resume_is_reset_when_one_holds_too_much_or_may_not_see_it_all()
    {
        var (alice, bob, den) = await DenAsync();
        var held = Seq(await alice.PostedAsync("c1", "both hear this", den));
        await bob.AskAsync(new { op = "leave", cid = "l", room = den }, "l");
        await alice.PostedAsync("c2", "behind bob's back", den);
        await InviteAsync(alice, den, "i2");
        var rejoined = Seq(await bob.AskAsync(new { op = "join", cid = "j2", room = "#den" }, "j2"));
        await alice.PostedAsync("c3", "both hear this, too", den);

        using var tab = await _host.WelcomeAsync(bob.Session, new Dictionary<string, long> { [den] = held, ["#lobby"] = 99, ["#nowhere"] = 1 });
        var resets = new Dictionary<string, string>();
        for (var i = 0; i < 3; i++)
        {
            var reset = await tab.NextAsync("reset");
            resets[reset.GetProperty("room").GetString()!] = reset.GetProperty("reason").GetString()!;
        }
        Assert.Equal("trimmed", resets[den]);
        Assert.Equal("unknown", resets["#nowhere"]);
        Assert.Contains("ahead", resets.Values);
        // Nothing is replayed, and what is new follows.
        await alice.PostedAsync("c4", "new", den);
        Assert.Equal("new", (await tab.NextAsync("ev")).GetProperty("body").GetString());

        using var since = await _host.WelcomeAsync(bob.Session, new Dictionary<string, long> { [den] = rejoined - 1 });
        await since.NextAsync("resumed");
        Assert.Equal(rejoined, Seq(await since.NextAsync("ev")));
        Assert.Equal("both hear this, too", (await since.NextAsync("ev")).GetProperty("body").GetString());
        foreach (var client in new[] { alice, bob })
            client.Dispose();
    }

    [Fact]
    public async Task One_who_is_made_to_leave_while_catching_up_hears_that_and_nothing_after_it()
    {
        var (alice, bob, den) = await DenAsync();
        var held = Seq(await alice.PostedAsync("c1", "both hear this", den));
        await alice.PostedAsync("c2", "missed", den);
        // Loaded anew, the room has nothing in memory, and the store takes its time.
        foreach (var client in new[] { alice, bob })
            await client.CloseAsync();
        await Patience.Until(() => _host.Context.Sessions.All.Count == 0, "both are gone");
        using var again = await _host.WelcomeAsync(alice.Session);
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _host.Store.BeforeEvents = () =>
        {
            asked.TrySetResult();
            return goOn.Task;
        };
        using var returned = await _host.WelcomeAsync(bob.Session, new Dictionary<string, long> { [den] = held });
        await asked.Task.Within("the catching up");
        await again.AskAsync(new { op = "kick", cid = "k", room = den, user = "bob" }, "k");
        await again.PostedAsync("c3", "behind bob's back", den);
        goOn.SetResult();
        var told = new List<string>();
        while (await returned.ReceiveAsync() is { } frame && WsClient.Op(frame) != "gone")
            told.Add(WsClient.Op(frame) == "ev" ? frame.GetProperty("type").GetString()! : WsClient.Op(frame));
        Assert.Equal(["resumed", "post", "kick"], told);
        await again.PostedAsync("c4", "still behind it", den);
        await again.PostedAsync("c5", "in the lobby");
        Assert.Equal("in the lobby", (await returned.NextAsync("ev")).GetProperty("body").GetString());
    }

    [Fact]
    public async Task One_who_is_out_for_a_moment_while_entering_does_not_hear_what_was_said_then()
    {
        var (alice, bob, den) = await DenAsync();
        var held = Seq(await alice.PostedAsync("c1", "both hear this", den));
        var goOn = new TaskCompletionSource();
        var asked = 0;
        _host.Store.BeforeStanding = () => ++asked == 2 ? goOn.Task : Task.CompletedTask; // the lobby's, then the den's
        using var tab = _host.WebSocket();
        var welcomed = tab.HelloAsync(bob.Session, resume: new Dictionary<string, long> { [den] = held });
        await Patience.Until(() => asked == 2, "the tab enters the den");
        await alice.AskAsync(new { op = "kick", cid = "k", room = den, user = "bob" }, "k");
        await alice.PostedAsync("c2", "behind bob's back", den);
        await InviteAsync(alice, den, "i2");
        await bob.AskAsync(new { op = "join", cid = "j2", room = "#den" }, "j2");
        goOn.SetResult();
        await welcomed;
        await alice.PostedAsync("c3", "welcome back", den);
        var heard = new List<string>();
        while (!heard.Contains("welcome back"))
        {
            var frame = (await tab.ReceiveAsync())!.Value;
            if (WsClient.Op(frame) == "ev" && frame.TryGetProperty("body", out var body))
                heard.Add(body.GetString()!);
        }
        Assert.Equal(["welcome back"], heard);
        foreach (var client in new[] { alice, bob })
            client.Dispose();
    }

    /// <summary>A private room of alice's, with bob in it.</summary>
    private async Task<(WsClient Alice, WsClient Bob, string Den)> DenAsync()
    {
        var (alice, bob) = (await _host.PersonAsync("alice"), await _host.PersonAsync("bob"));
        var den = (await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den" }, "c")).GetProperty("room").GetString()!;
        await InviteAsync(alice, den, "i");
        await bob.AskAsync(new { op = "join", cid = "j", room = "#den" }, "j");
        return (alice, bob, den);
    }

    private static async Task InviteAsync(WsClient from, string den, string cid) =>
        await from.AskAsync(new { op = "invite", cid, room = den, user = "bob" }, cid);

    private static long Seq(JsonElement frame) => frame.GetProperty("seq").GetInt64();
}
