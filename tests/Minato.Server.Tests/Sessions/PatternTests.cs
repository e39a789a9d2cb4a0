using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>A room's patterns over every protocol: whoever makes one, all see it, and any of them ends it.</summary>
public sealed class PatternTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Made_over_HTTP_it_holds_over_IRC_and_is_told_to_all()
    {
        using var ann = await OwnerAsync();
        using var bob = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "bob");
        await bob.DoAsync("JOIN #a");
        (await ann.PutAsync("/rooms/a/patterns/ban/EVE%3F!*@*")).Is(200);
        (await ann.PutAsync("/rooms/a/patterns/ban_exception/account:*")).Is(200);
        (await ann.PutAsync("/rooms/a/patterns/mute/*!web%2Fchat@*")).Is(200);
        Assert.Equal(
            [":ann!u@host MODE #a +b EVE?!*@*", ":ann!u@host MODE #a +e a:*", ":ann!u@host MODE #a +b m:*!web/chat@*"], await bob.SeeAsync());
        using var eve = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "eve2");
        Assert.Equal([":irc.minato 474 eve2 #a :Cannot join channel (+b)"], await eve.DoAsync("JOIN #a"));
        // Twice is as once; and what is not there is gone.
        (await ann.PutAsync("/rooms/a/patterns/ban/eve%3F")).Is(200);
        Assert.Equal(["ban EVE?!*@*", "mute *!web/chat@*", "ban_exception account:*"], Listed((await ann.GetAsync("/rooms/a/bans")).Is(200).Body));
        (await ann.DeleteAsync("/rooms/a/patterns/ban/eve%3F!*@*")).Is(200);
        (await ann.DeleteAsync("/rooms/a/patterns/ban/eve%3F!*@*")).Is(200);
        Assert.Contains(":eve2!~eve2@host JOIN #a", await eve.DoAsync("JOIN #a"));

        (await ann.PutAsync("/rooms/a/patterns/ban/%23")).Refused(400, "bad_pattern");
        (await ann.PutAsync("/rooms/a/patterns/bans/eve")).Refused(400, "bad_request");
        using var guest = await ApiClient.GuestAsync(_server.Url, "cy");
        (await guest.JoinAsync("a")).Is(200);
        (await guest.PutAsync("/rooms/a/patterns/ban/ann")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Made_over_IRC_it_is_seen_and_ended_in_a_page()
    {
        using var ann = await OwnerAsync();
        using var page = await WsClient.ConnectAsync(_server.Url);
        await page.HelloAsync(ann.Bearer!);
        using var mod = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "mod");
        await mod.DoAsync("JOIN #a");
        (await ann.PutAsync("/rooms/a/members/mod", new { role = "moderator" })).Is(200);
        await mod.DoAsync("MODE #a +b m:eve*!*@*");
        JsonElement told;
        do
            told = await page.NextAsync("ev");
        while (told.GetProperty("type").GetString() != "pattern");
        Assert.Equal(("mute", "eve*!*@*", true), (told.GetProperty("list").GetString(), told.GetProperty("pattern").GetString(), told.GetProperty("on").GetBoolean()));
        var listed = await page.AskAsync(new { op = "bans", rid = "1", room = "#a" }, "1");
        Assert.Equal(["mute eve*!*@*"], Listed(listed));
        Assert.Equal("mod", listed.GetProperty("patterns")[0].GetProperty("by").GetProperty("nick").GetString());
        Assert.Equal("ok", WsClient.Op(await page.AskAsync(new { op = "pattern", cid = "2", room = "#a", list = "mute", pattern = "Eve*", on = false }, "2")));
        Assert.EndsWith("MODE #a -b m:Eve*!*@*", (await mod.SeeAsync())[^1]);
        Assert.Empty(Listed(await page.AskAsync(new { op = "bans", rid = "3", room = "#a" }, "3")));
        Assert.Equal("bad_pattern", (await page.AskAsync(new { op = "pattern", cid = "4", room = "#a", list = "ban", pattern = "a b" }, "4")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_terminal_lists_them_and_ends_each_as_it_stands_there()
    {
        using var ann = await RawClient.ConnectAsync(_server.Port);
        await ann.SendAsync("/nick ann\n/join #a\n/bans\n");
        await ann.ExpectAsync("* Nobody is banned or muted in #a.");
        using var mod = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "mod");
        using var eve = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "eve");
        await mod.DoAsync("JOIN #a");
        var (owner, moderator, room) = (await FindAsync("ann"), await FindAsync("mod"), (await _server.Store.FindRoomAsync("a", CancellationToken.None))!);
        await _server.DoAsync<Core.Commands.Logged>(new Core.Commands.SetRole(owner, null, room.Id, moderator.Id, Core.Rights.Standing.Moderator));
        await mod.DoAsync("MODE #a +b eve", "MODE #a +b m:x*!*@*", "MODE #a +I a:friend");
        await ann.ExpectAsync("* mod made a rule for #a: whoever is account:friend needs no invitation.");
        await ann.SendAsync("/bans\n");
        foreach (var line in new[] { "ban eve, by mod", "mute x*!*@*, by mod", "invite_exception account:friend, by mod", "/unban LIST WHOM ends one, as it stands here: /unban ban NAME" })
            Assert.Equal($"* {line}", await ann.ReadLineAsync());
        await ann.SendAsync("/unban ban eve\n/unban mute x*!*@*\n/unban mute x*!*@*\n/unban ban nobody\n/unban eve\n");
        Assert.Equal("* ann ended the ban of eve from #a.", await ann.ReadLineAsync());
        Assert.Equal("* ann ended a rule for #a: whoever is x*!*@* does not speak.", await ann.ReadLineAsync());
        Assert.Equal("* mute x*!*@* is not there.", await ann.ReadLineAsync());
        Assert.Equal("* Nobody of that name is known.", await ann.ReadLineAsync());
        Assert.StartsWith("* /unban LIST WHOM, as /bans lists them", await ann.ReadLineAsync());
        await ann.SendAsync("/bans\n");
        Assert.Equal("* invite_exception account:friend, by mod", await ann.ReadLineAsync());
    }

    private async Task<ApiClient> OwnerAsync()
    {
        var ann = await ApiClient.GuestAsync(_server.Url, "ann");
        (await ann.PostAsync("/rooms", new { kind = "public", slug = "a", title = "A" })).Is(201);
        return ann;
    }

    private async Task<Core.Users.User> FindAsync(string nick) => (await _server.Store.FindUserAsync(nick, CancellationToken.None))!;

    private static IEnumerable<string> Listed(JsonElement answer) =>
        answer.GetProperty("patterns").EnumerateArray().Select(p => $"{p.GetProperty("list").GetString()} {p.GetProperty("pattern").GetString()}");
}
