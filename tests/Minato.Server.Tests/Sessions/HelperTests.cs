using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>A room's helper over WebSocket: who makes one, what everybody is told, and what they do.</summary>
public sealed class HelperTests : IAsyncLifetime
{
    private readonly SessionHost _host = new();
    private WsClient _alice = null!, _hana = null!, _bob = null!;

    /// <summary>Alice owns the room, Hana helps in it, Bob is a member.</summary>
    public async ValueTask InitializeAsync()
    {
        (_alice, _hana, _bob) = (await _host.PersonAsync("alice"), await _host.PersonAsync("hana"), await _host.PersonAsync("bob"));
        await _alice.AskAsync(new { op = "create", cid = "c", slug = "dev" }, "c");
        await _hana.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");
        await _bob.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");
        await DoneAsync(_alice, "r", new { op = "role", cid = "r", room = "#dev", user = "hana", role = "helper" });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { _alice, _hana, _bob })
            client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_role_is_told_in_its_event_among_the_members_and_at_the_next_welcome()
    {
        var told = await _bob.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "role", "who helps");
        Assert.Equal(("hana", "helper"), (told.GetProperty("subject").GetProperty("nick").GetString(), told.GetProperty("role").GetString()));
        var members = (await _bob.AskAsync(new { op = "members", rid = "m", room = "#dev" }, "m")).GetProperty("members").EnumerateArray();
        Assert.Equal("helper", Assert.Single(members, m => m.GetProperty("user").GetProperty("nick").GetString() == "hana").GetProperty("role").GetString());
        using var again = _host.WebSocket();
        var welcome = await again.HelloAsync(_hana.Session);
        Assert.Equal("helper", Assert.Single(welcome.GetProperty("rooms").EnumerateArray(), r => Slug(r) == "dev").GetProperty("role").GetString());
    }

    [Fact]
    public async Task Nothing_that_holds_for_the_many_holds_for_them()
    {
        await DoneAsync(_alice, "p", new { op = "posting", cid = "p", room = "#dev", posting = "moderators" });
        await DoneAsync(_alice, "s", new { op = "slow", cid = "s", room = "#dev", seconds = 30 });
        await DoneAsync(_alice, "x", new { op = "restrict", cid = "x", room = "#dev", restrict = new[] { "topic_locked", "invite_only" } });
        foreach (var cid in new[] { "1", "2" })
            Assert.Equal("ok", WsClient.Op(await _hana.PostedAsync(cid, "please", "#dev")));
        await DoneAsync(_hana, "t", new { op = "topic", cid = "t", room = "#dev", topic = "Order" });
        await DoneAsync(_hana, "l", new { op = "link", cid = "l", room = "#dev" });
        Assert.Equal("forbidden", await CodeAsync(_hana, "u", new { op = "restrict", cid = "u", room = "#dev", free = new[] { "topic_locked" } }));
        Assert.Equal("forbidden", await CodeAsync(_hana, "v", new { op = "slow", cid = "v", room = "#dev" }));
    }

    [Fact]
    public async Task They_keep_order_among_those_below_and_decide_nothing()
    {
        var seq = (await _bob.PostedAsync("b", "rude", "#dev")).GetProperty("seq").GetInt64();
        await DoneAsync(_hana, "d", new { op = "delete", cid = "d", room = "#dev", seq });
        await DoneAsync(_hana, "v", new { op = "role", cid = "v", room = "#dev", user = "bob", role = "speaker" });
        await DoneAsync(_hana, "w", new { op = "role", cid = "w", room = "#dev", user = "bob", role = "member" });
        await DoneAsync(_hana, "m", new { op = "mute", cid = "m", room = "#dev", user = "bob" });
        Assert.Equal("forbidden", (await _bob.PostedAsync("b2", "rude", "#dev")).GetProperty("code").GetString());
        Assert.Equal("forbidden", await CodeAsync(_hana, "n", new { op = "ban", cid = "n", room = "#dev", user = "bob" }));
        Assert.Equal("forbidden", await CodeAsync(_hana, "o", new { op = "erase", cid = "o", room = "#dev", user = "bob" }));
        Assert.Equal("forbidden", await CodeAsync(_hana, "q", new { op = "role", cid = "q", room = "#dev", user = "bob", role = "helper" }));
        Assert.Equal("forbidden", await CodeAsync(_hana, "k", new { op = "kick", cid = "k", room = "#dev", user = "alice" }));
        await DoneAsync(_hana, "k2", new { op = "kick", cid = "k2", room = "#dev", user = "bob" });
        // What one is already is no news, and may be laid down.
        await DoneAsync(_hana, "h", new { op = "role", cid = "h", room = "#dev", user = "hana", role = "helper" });
        await DoneAsync(_hana, "h2", new { op = "role", cid = "h2", room = "#dev", user = "hana", role = "member" });
        Assert.Equal("forbidden", await CodeAsync(_hana, "h3", new { op = "role", cid = "h3", room = "#dev", user = "hana", role = "helper" }));
    }

    private static async Task DoneAsync(WsClient client, string cid, object frame) => Assert.Null(await CodeAsync(client, cid, frame));

    /// <summary>Null: it was done.</summary>
    private static async Task<string?> CodeAsync(WsClient client, string cid, object frame)
    {
        var answer = await client.AskAsync(frame, cid);
        return WsClient.Op(answer) == "error" ? answer.GetProperty("code").GetString() : null;
    }

    private static string? Slug(JsonElement room) => room.TryGetProperty("slug", out var slug) ? slug.GetString() : null;
}
