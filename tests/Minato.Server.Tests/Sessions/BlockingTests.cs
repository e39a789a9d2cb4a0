using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Blocking over the three protocols: who is told, what is refused, and what a terminal does not show.</summary>
public sealed class BlockingTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task One_s_own_sessions_are_told_over_whatever_protocol_it_was_said_and_nobody_else_is()
    {
        var (annToken, bobToken) = (SessionToken.New(), SessionToken.New());
        var (_, bob) = (await PersonAsync("ann", annToken), await PersonAsync("bob", bobToken));
        using var one = await WsClient.ConnectAsync(_server.Url);
        using var other = await WsClient.ConnectAsync(_server.Url);
        using var blocked = await WsClient.ConnectAsync(_server.Url);
        using var script = new ApiClient(_server.Url, annToken.Text);
        Assert.False((await one.HelloAsync(annToken.Text)).TryGetProperty("blocks", out _));
        await other.HelloAsync(annToken.Text);
        await blocked.HelloAsync(bobToken.Text);

        var ok = await one.AskAsync(new { op = "block", cid = "1", user = "BOB" }, "1");
        Assert.Equal("bob", ok.GetProperty("user").GetProperty("nick").GetString());
        foreach (var client in new[] { one, other })
            Assert.Equal((true, "bob"), Told(await client.NextAsync("block")));
        // What is so already is told to nobody.
        (await script.PutAsync("/blocks/bob")).Is(200);
        (await script.DeleteAsync($"/blocks/{bob.Uid}")).Is(200);
        foreach (var client in new[] { one, other })
            Assert.Equal((false, "bob"), Told(await client.NextAsync("block")));
        (await script.PutAsync("/blocks/bob")).Is(200);
        Assert.Equal("bob", Assert.Single((await script.GetAsync("/blocks")).Is(200).Body.GetProperty("blocks").EnumerateArray()).GetProperty("nick").GetString());
        Assert.Equal($"{bob.Uid}", (await one.AskAsync(new { op = "blocks", rid = "2" }, "2")).GetProperty("blocks")[0].GetProperty("id").GetString());

        using var third = await WsClient.ConnectAsync(_server.Url);
        Assert.Equal($"{bob.Uid}", Assert.Single((await third.HelloAsync(annToken.Text)).GetProperty("blocks").EnumerateArray()).GetString());
        await blocked.AskAsync(new { op = "blocks", rid = "3" }, "3");
        Assert.DoesNotContain("block", Kept(blocked));
    }

    [Fact]
    public async Task A_post_under_way_when_one_is_blocked_is_there_before_it_or_refused()
    {
        var (annToken, bobToken) = (SessionToken.New(), SessionToken.New());
        var (ann, bob) = (await PersonAsync("ann", annToken), await PersonAsync("bob", bobToken));
        var room = (await _server.DoAsync<Logged>(new OpenDirect(ann, null, bob.Id))).Room;
        using var speaker = await WsClient.ConnectAsync(_server.Url);
        await speaker.HelloAsync(bobToken.Text);
        var posting = Enumerable.Range(0, 40).Select(n => speaker.PostAsync($"p{n}", $"words {n}", $"{room.Uid}")).ToList();
        await _server.DoAsync<BlockChanged>(new BlockUser(ann, null, bob.Id, On: true));
        var head = await _server.Store.ReadHeadAsync(room.Id, CancellationToken.None);
        await Task.WhenAll(posting);
        var codes = new List<string?>();
        for (var n = 0; n < 40; n++)
            codes.Add(await speaker.AnswerAsync($"p{n}") is var answer && WsClient.Op(answer) == "error" ? answer.GetProperty("code").GetString() : null);
        // First those that came through, then none.
        Assert.Equal(codes.OrderBy(c => c is not null), codes);
        Assert.All(codes.Where(c => c is not null), c => Assert.Equal("blocked", c));
        Assert.Equal(head.PostNo, codes.Count(c => c is null));
        Assert.Equal(head, await _server.Store.ReadHeadAsync(room.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_terminal_shows_nothing_that_a_blocked_one_says_live_or_in_the_history()
    {
        using var ann = await RawClient.ConnectAsync(_server.Port);
        using var bob = await ApiClient.GuestAsync(_server.Url, "bob");
        using var cy = await ApiClient.GuestAsync(_server.Url, "cy");
        await ann.SendAsync("/nick ann\n");
        await ann.ExpectAsync("You are ann now.");
        await bob.SayAsync("before");
        await ann.ExpectAsync("#lobby <bob> before");
        await ann.SendAsync("/block nobody-there\n/block ann\n/block bob\n");
        Assert.Equal("* Nobody of that name is known.", await ann.ReadLineAsync());
        Assert.Equal("* You may not do that here.", await ann.ReadLineAsync());
        Assert.StartsWith("* You do not hear bob any more.", await ann.ReadLineAsync());
        var seq = (await bob.SayAsync("hidden")).Body.GetProperty("seq").GetInt64();
        (await bob.PatchAsync($"/rooms/lobby/messages/{seq}", new { body = "hidden again" })).Is(200);
        (await bob.DeleteAsync($"/rooms/lobby/messages/{seq}")).Is(200);
        await cy.SayAsync("shown");
        Assert.Equal("#lobby <cy> shown", await ann.ReadLineAsync());

        await ann.SendAsync("/history\n");
        Assert.Matches("^\\d+ #lobby <cy> shown$", await ann.ReadLineAsync());
        Assert.Equal("* 2 messages of people whom you have blocked are not shown.", await ann.ReadLineAsync());
        await ann.SendAsync("/block\n/unblock bob\n");
        Assert.Equal("* /block NAME. You have blocked bob.", await ann.ReadLineAsync());
        Assert.Equal("* You hear bob again.", await ann.ReadLineAsync());
        await bob.SayAsync("back");
        Assert.Equal("#lobby <bob> back", await ann.ReadLineAsync());
    }

    [Fact]
    public async Task An_IRC_client_of_hers_shows_as_little()
    {
        using var ann = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "ann", "batch draft/chathistory");
        using var bob = await ApiClient.GuestAsync(_server.Url, "bob");
        using var cy = await ApiClient.GuestAsync(_server.Url, "cy");
        await ann.SendAsync("JOIN #lobby");
        await ann.SeeAsync();
        await _server.DoAsync<BlockChanged>(new BlockUser((await _server.Store.FindUserAsync("ann", CancellationToken.None))!, null, (await _server.Store.FindUserAsync("bob", CancellationToken.None))!.Id, On: true));
        await bob.SayAsync("hidden");
        await cy.SayAsync("shown");
        // It is answered as soon as it is on disk, and told after.
        string line;
        do
            line = (await ann.Raw.ReadLineAsync("what cy said"))!;
        while (!line.Contains("PRIVMSG", StringComparison.Ordinal));
        Assert.StartsWith(":cy!", line);
        foreach (var ask in new[] { "CHATHISTORY LATEST #lobby * 10", "HISTORY #lobby" })
        {
            await ann.SendAsync(ask);
            var told = string.Join('|', await ann.SeeAsync());
            Assert.Contains("shown", told);
            Assert.DoesNotContain("hidden", told);
        }
    }

    [Fact]
    public async Task Who_listens_without_blocking_gets_the_same_run_whole()
    {
        // One run of two authors' posts: one listener hides one of them, the other shares the bytes.
        using var ann = await RawClient.ConnectAsync(_server.Port);
        using var dee = await RawClient.ConnectAsync(_server.Port);
        using var bob = await ApiClient.GuestAsync(_server.Url, "bob");
        using var cy = await ApiClient.GuestAsync(_server.Url, "cy");
        await dee.SendAsync("/who\n");
        await dee.ExpectAsync("* #lobby, ");
        await ann.SendAsync("/block bob\n");
        await ann.ExpectAsync("You do not hear bob any more.");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => n % 2 == 0 ? bob.SayAsync($"{n}") : cy.SayAsync($"{n}")));
        var (heard, whole) = (new List<string?>(), new List<string?>());
        for (var n = 0; n < 20; n++)
            whole.Add(await dee.ReadLineAsync());
        for (var n = 0; n < 10; n++)
            heard.Add(await ann.ReadLineAsync());
        Assert.Equal(whole.Where(l => !l!.Contains("<bob>", StringComparison.Ordinal)), heard);
    }

    private async Task<User> PersonAsync(string nick, SessionToken session) =>
        (await _server.DoAsync<UserChanged>(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, session.Hash))).User;

    private static (bool On, string? Nick) Told(JsonElement frame) => (frame.GetProperty("on").GetBoolean(), frame.GetProperty("user").GetProperty("nick").GetString());

    private static IEnumerable<string> Kept(WsClient client)
    {
        while (client.TakeKept() is { } frame)
            yield return WsClient.Op(frame);
    }
}
