using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Reports and purges, by who may and by who may not, over the three protocols.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_reported_over_any_protocol_reaches_the_admins_and_tells_of_a_private_room_only_what_was_disclosed()
    {
        var (adminToken, annToken) = (SessionToken.New(), SessionToken.New());
        await PersonAsync("admin", adminToken, ServerRole.Admin);
        var ann = await PersonAsync("ann", annToken, ServerRole.Member);
        using var admin = new ApiClient(_server.Url, adminToken.Text);
        using var screen = await WsClient.ConnectAsync(_server.Url);
        using var others = await WsClient.ConnectAsync(_server.Url);
        Assert.Equal(0, (await screen.HelloAsync(adminToken.Text)).GetProperty("reports").GetInt64());
        Assert.False((await others.HelloAsync(annToken.Text)).TryGetProperty("reports", out _));
        var den = (await _server.DoAsync<Logged>(new CreateRoom(ann, null, "den", "The den", RoomKind.Private))).Room;
        await _server.DoAsync<Logged>(new Post(ann, null, den.Id, Minato.Core.Messages.MessageBody.FromStore("a secret beside it"u8.ToArray())));
        var said = await others.PostedAsync("p1", "spam", $"{den.Uid}");
        var seq = said.GetProperty("seq").GetInt64();

        Assert.Equal("ok", WsClient.Op(await others.AskAsync(new { op = "report", cid = "r1", room = den.Uid, seq, reason = "it is\nspam" }, "r1")));
        Assert.Equal(1, (await screen.NextAsync("reports")).GetProperty("open").GetInt64());
        using var script = new ApiClient(_server.Url, annToken.Text);
        var lobbySeq = (await script.SayAsync("more of it")).Body.GetProperty("seq").GetInt64();
        (await script.PostAsync($"/rooms/lobby/messages/{lobbySeq}/report", new { reason = new string('x', 1_001) })).Refused(400, "bad_reason");
        (await script.PostAsync($"/rooms/lobby/messages/{lobbySeq}/report")).Is(200);
        using var terminal = await RawClient.ConnectAsync(_server.Port);
        await terminal.SendAsync($"/report\n/report 999 x\n/report {lobbySeq} and a third time\n");
        await terminal.ExpectAsync("* /report SEQ WHY");
        await terminal.ExpectAsync("* There is no such message.");
        await terminal.ExpectAsync($"* Message {lobbySeq} in #lobby is reported");

        var page = (await admin.GetAsync("/reports?limit=2")).Is(200).Body;
        Assert.Equal((3, true), (page.GetProperty("open").GetInt64(), page.GetProperty("more").GetBoolean()));
        var last = page.GetProperty("reports")[1].GetProperty("id").GetInt64();
        var first = (await admin.GetAsync($"/reports?before={last}")).Is(200).Body.GetProperty("reports")[0];
        Assert.Equal($$"""{"id":"{{den.Uid}}","kind":"private","title":"The den"}""", first.GetProperty("room").GetRawText());
        Assert.Equal(("spam", "it is\nspam", "ann"), (first.GetProperty("message").GetProperty("body").GetString(), first.GetProperty("reason").GetString(), first.GetProperty("by").GetProperty("nick").GetString()));
        Assert.DoesNotContain("secret", first.GetRawText());

        (await admin.PatchAsync($"/reports/{last}", new { resolution = "never" })).Refused(400, "bad_request");
        (await admin.PatchAsync("/reports/999", new { resolution = "acted" })).Refused(404, "no_such_report");
        (await admin.PatchAsync("/reports/x", new { resolution = "acted" })).Refused(400, "bad_request");
        foreach (var open in new[] { 2, 3 })
            Assert.Equal(open, (await screen.NextAsync("reports")).GetProperty("open").GetInt64());
        (await admin.PatchAsync($"/reports/{last}", new { resolution = "acted" })).Is(204);
        Assert.Equal(2, (await screen.NextAsync("reports")).GetProperty("open").GetInt64());
        Assert.Equal("acted", (await admin.GetAsync("/reports?state=resolved")).Is(200).Body.GetProperty("reports")[0].GetProperty("resolution").GetString());
        (await admin.GetAsync("/reports?state=all")).Refused(400, "bad_request");
        // Who does not administer hears nothing of any of it.
        (await script.GetAsync("/reports")).Refused(403, "forbidden");
        (await script.PatchAsync($"/reports/{last}", new { resolution = "acted" })).Refused(403, "forbidden");
        await others.AskAsync(new { op = "rooms", rid = "2" }, "2");
        while (others.TakeKept() is { } frame)
            Assert.NotEqual("reports", WsClient.Op(frame));
    }

    [Fact]
    public async Task A_purge_takes_a_spammer_s_words_out_of_every_room_and_closes_their_connections_while_they_post()
    {
        var (adminToken, annToken, spamToken) = (SessionToken.New(), SessionToken.New(), SessionToken.New());
        await PersonAsync("admin", adminToken, ServerRole.Admin);
        var (ann, spammer) = (await PersonAsync("ann", annToken), await PersonAsync("spammer", spamToken));
        using var admin = new ApiClient(_server.Url, adminToken.Text);
        using var listener = await WsClient.ConnectAsync(_server.Url);
        await listener.HelloAsync(annToken.Text);
        var direct = (await _server.DoAsync<Logged>(new OpenDirect(spammer, null, ann.Id))).Room;
        using var mouth = await WsClient.ConnectAsync(_server.Url);
        await mouth.HelloAsync(spamToken.Text);
        for (var n = 0; n < 60; n++)
            await mouth.PostAsync($"s{n}", $"spam {n}", n % 2 == 0 ? "#lobby" : $"{direct.Uid}");

        (await admin.PostAsync("/accounts/admin/purge")).Refused(403, "forbidden");
        (await admin.PostAsync("/accounts/nobody-there/purge")).Refused(404, "no_such_user");
        (await admin.PostAsync("/accounts/spammer/purge", new { deactivate = true })).Is(204);
        Assert.Equal(4003, await mouth.ClosedAsync());
        // The direct room, which the admin knows nothing of, hears it from the server.
        var erase = await listener.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "erase", "the erasing");
        Assert.Equal("minato", erase.GetProperty("from").GetProperty("nick").GetString());
        foreach (var room in new[] { direct, (await _server.Store.FindRoomAsync(Slug.Lobby, CancellationToken.None))! })
        {
            var page = await _server.Store.ReadHistoryAsync(room.Id, ann.Id, new Minato.Core.Messages.PageRequest(null, null, 200), CancellationToken.None);
            Assert.All(page.Messages, m => Assert.Null(m.Body));
        }
        using var script = new ApiClient(_server.Url, annToken.Text);
        (await script.PostAsync("/accounts/spammer/purge")).Refused(403, "forbidden");
        (await script.PostAsync("/accounts/nobody-there/purge")).Refused(403, "forbidden");
        var audit = (await admin.GetAsync("/audit?limit=1")).Is(200).Body.GetProperty("audit")[0];
        Assert.Equal(("purged", "admin", "spammer"), (audit.GetProperty("act").GetString(), audit.GetProperty("by").GetString(), audit.GetProperty("subject").GetString()));
    }

    private async Task<User> PersonAsync(string nick, SessionToken session, ServerRole role = ServerRole.Guest)
    {
        var person = (await _server.DoAsync<UserChanged>(new RegisterGuest(
            role == ServerRole.Guest ? UserKind.Guest : UserKind.Account, nick, NickIsProvisional: false, session.Hash))).User;
        return role == ServerRole.Guest ? person : (await _server.DoAsync<UserChanged>(
            new SetServerRole((await _server.Store.FindUserAsync("minato", CancellationToken.None))!, null, person.Id, role))).User;
    }
}
