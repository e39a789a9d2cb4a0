using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Who a request is from, and who is let in.</summary>
public sealed class CredentialTests
{
    [Fact]
    public async Task Where_guests_are_let_in_nobody_may_read_public_rooms_and_change_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        using var nobody = new ApiClient(server.Url);
        Assert.False((await nobody.GetAsync("/rooms/lobby/messages")).Is(200).Flag("more"));
        Assert.Contains("POST /api/v1/sessions", (await nobody.PostAsync("/rooms/lobby/messages", new { body = "x" })).Refused(401, "login_required").Text("detail"));
        foreach (var path in new[] { "/me", "/mentions", "/rooms/lobby/receipts" })
            Assert.Equal("Bearer", (await nobody.GetAsync(path)).Refused(401, "login_required").Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer nonsense")]
    public async Task A_wrong_credential_is_not_as_good_as_none(string value)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new ApiClient(server.Url);
        (await client.SendAsync(HttpMethod.Get, "/rooms", null, null, null, r => r.Headers.TryAddWithoutValidation("Authorization", value))).Refused(401, "login_required");
    }

    [Fact]
    public async Task Guessing_credentials_is_held_to_a_pace()
    {
        await using var host = await ApiHost.StartAsync(Access.Token, "launch");
        using var guesser = new ApiClient(host.Url, "guess");
        for (var i = 0; i < 100; i++)
            (await guesser.GetAsync("/me")).Refused(401, "login_required");
        (await guesser.GetAsync("/me")).Refused(429, "rate_limited");
    }

    [Theory]
    [InlineData("GET /API/v1/rooms", "Origin: http://evil.example")]
    [InlineData("POST /Api/v1/rooms", "Origin: http://evil.example")]
    [InlineData("GET /api/V1/me", "Sec-Fetch-Site: cross-site")]
    public async Task A_strange_page_is_one_however_the_address_is_written(string request, string header)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(403, (await server.RequestAsync($"{request} HTTP/1.1\nHost: localhost\n{header}\nContent-Length: 0\n\n")).Status);
        Assert.Equal(200, (await server.RequestAsync("GET /API/v1/rooms HTTP/1.1\nHost: localhost\n\n")).Status);
    }

    [Fact]
    public async Task A_session_is_the_same_person_over_WebSocket_and_HTTP()
    {
        await using var server = await RunningServer.StartAsync();
        using var script = await ApiClient.GuestAsync(server.Url, "ann");
        using var browser = await WsClient.ConnectAsync(server.Url);
        Assert.Equal(script.Id, (await browser.HelloAsync(session: script.Bearer)).GetProperty("you").GetProperty("id").GetString());

        using var other = await WsClient.ConnectAsync(server.Url);
        await other.HelloAsync();
        using var later = new ApiClient(server.Url, other.Session);
        // A session over which nothing was done that lasts is nobody's yet, and the first act makes it somebody's.
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await later.GetAsync("/me")).Is(200).Body.GetProperty("you").GetProperty("id").ValueKind);
        (await later.PatchAsync("/me", new { nick = "ben" })).Is(200);
        Assert.Equal("ben", (await later.GetAsync("/me")).Body.GetProperty("you").GetProperty("nick").GetString());
        Assert.Equal("ok", WsClient.Op(await other.PostedAsync("c", "as ben")));
        Assert.Equal("ben", (await later.GetAsync("/rooms/lobby/messages")).List("messages")[^1].GetProperty("from").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task With_access_token_the_launch_token_lets_in_and_its_sessions_after_it()
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { Access = Access.Token, LaunchToken = "launch" });
        using var nobody = new ApiClient(server.Url);
        (await nobody.GetAsync("/rooms")).Refused(401, "login_required");
        (await nobody.PostAsync("/sessions")).Refused(401, "login_required");
        using var host = new ApiClient(server.Url, "launch");
        (await host.GetAsync("/rooms")).Is(200);
        (await host.PostAsync("/rooms/lobby/messages", new { body = "x" })).Refused(401, "login_required");
        var made = (await host.PostAsync("/sessions", new { nick = "app" })).Is(201);
        using var app = new ApiClient(server.Url, made.Text("session"));
        Assert.Equal("app", (await app.GetAsync("/me")).Is(200).Body.GetProperty("you").GetProperty("nick").GetString());
        await app.SayAsync("hello");
        // Well formed, and nobody's: only who was let in before is known by a session.
        using var forger = new ApiClient(server.Url, new string('A', 43));
        (await forger.GetAsync("/rooms")).Refused(401, "login_required");
    }

    [Fact]
    public async Task With_accounts_nobody_gets_in_as_long_as_there_are_none()
    {
        await using var server = await RunningServer.StartAsync(Access.Accounts);
        using var nobody = new ApiClient(server.Url);
        (await nobody.GetAsync("/rooms")).Refused(401, "login_required");
        (await nobody.PostAsync("/sessions")).Refused(401, "login_required");
    }

    [Fact]
    public async Task A_name_that_is_taken_or_none_is_refused_and_makes_nobody()
    {
        await using var server = await RunningServer.StartAsync();
        using var ann = await ApiClient.GuestAsync(server.Url, "ann");
        using var nobody = new ApiClient(server.Url);
        (await nobody.PostAsync("/sessions", new { nick = "ANN" })).Refused(409, "nick_taken");
        (await nobody.PostAsync("/sessions", new { nick = "a b" })).Refused(400, "bad_nick");
        Assert.StartsWith("guest-", (await nobody.PostAsync("/sessions")).Is(201).Body.GetProperty("you").GetProperty("nick").GetString());
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task A_page_of_another_origin_is_a_stranger_whatever_it_asks(string origin)
    {
        await using var server = await RunningServer.StartAsync();
        using var ann = await ApiClient.GuestAsync(server.Url, "ann");
        foreach (var (method, path) in new[] { ("GET", "/rooms"), ("POST", "/sessions"), ("OPTIONS", "/rooms"), ("GET", "/nothing") })
        {
            var answer = await ann.SendAsync(new HttpMethod(method), path, null, null, null, r => r.Headers.Add("Origin", origin));
            answer.Refused(403, "stranger");
            Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.Ordinal));
        }
        (await ann.SendAsync(HttpMethod.Get, "/rooms", null, null, null, r => r.Headers.Add("Origin", server.Url))).Is(200);
    }

    [Fact]
    public async Task A_strange_host_and_a_proxy_before_guests_are_told_as_problems_too()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new ApiClient(server.Url);
        (await client.SendAsync(HttpMethod.Get, "/rooms", null, null, null, r => r.Headers.Host = "evil.example")).Refused(400, "stranger");
        (await client.SendAsync(HttpMethod.Get, "/rooms", null, null, null, r => r.Headers.Add("X-Forwarded-For", "192.0.2.1"))).Refused(403, "stranger");
    }
}
