using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts;

/// <summary>Whatever ends a login ends the connections that it has opened, over every protocol, at once.</summary>
public sealed class EndedLoginTests
{
    public static TheoryData<string> Ends => ["logout", "everywhere", "password", "deactivated", "deleted", "revoked"];

    /// <summary>Ends the login of the one whom it is given, whose token is <c>id</c>.</summary>
    private static async Task EndAsync(AccountsHost host, ApiClient ann, string end, string tokenId) => (end switch
    {
        "logout" => await ann.DeleteAsync("/sessions/current"),
        "everywhere" => await ann.DeleteAsync("/sessions"),
        "password" => await ann.PutAsync("/me/password", new { password = AccountsHost.Password, @new = "battery staple" }),
        "deactivated" => await host.Owner.PatchAsync("/accounts/ann", new { active = false }),
        "deleted" => await ann.PostAsync("/me/deletion", new { password = AccountsHost.Password }),
        "revoked" => await ann.DeleteAsync($"/tokens/{tokenId}"),
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    }).Is(204);

    private static async Task<(string Id, string Text)> TokenAsync(ApiClient ann)
    {
        var made = (await ann.PostAsync("/tokens", new { name = "bot", scope = "write" })).Is(201);
        return (made.Text("id"), made.Text("token"));
    }

    /// <summary>Which of them an end ends: by the session with which it is done, by another session, by a token.</summary>
    private static (bool Own, bool Other, bool Token) Ended(string end) => end switch
    {
        "logout" => (true, false, false),
        "everywhere" => (true, true, false),
        "password" => (false, true, false),
        "revoked" => (false, false, true),
        _ => (true, true, true),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Over_WebSocket(string end)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var (id, token) = await TokenAsync(ann);
        using var own = await host.Host.WelcomeAsync(ann.Bearer);
        using var other = await host.Host.WelcomeAsync((await host.LogInAsync("ann")).Text("session"));
        using var bot = host.Host.WebSocket();
        await bot.HelloAsync(token: token);
        await EndAsync(host, ann, end, id);
        var (isOwn, isOther, isToken) = Ended(end);
        foreach (var (client, isOver) in new[] { (own, isOwn), (other, isOther), (bot, isToken) })
            if (isOver)
            {
                Assert.Equal("login_required", (await client.NextAsync("error")).GetProperty("code").GetString());
                Assert.Equal(4003, await client.ClosedAsync());
            }
            else
                Assert.Equal("ok", WsClient.Op(await client.PostedAsync($"c-{client.GetHashCode()}", "still here")));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Over_lines(string end)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var (id, token) = await TokenAsync(ann);
        using var terminal = host.Host.Lines();
        await terminal.SendAsync($"/login ann\r\n{AccountsHost.Password}\r\n");
        await terminal.ExpectAsync("Welcome. You are ann");
        using var bot = host.Host.Lines();
        await bot.SendAsync($"/login\r\n{token}\r\n");
        await bot.ExpectAsync("Welcome. You are ann");
        await EndAsync(host, ann, end, id);
        var (_, isOther, isToken) = Ended(end);
        foreach (var (client, isOver) in new[] { (terminal, isOther), (bot, isToken) })
            if (isOver)
                Assert.EndsWith("* Your login was ended. Goodbye.\r\n", await client.ReadTextToEndAsync());
            else
            {
                await client.SendAsync("still here\r\n");
                await client.ExpectAsync("<ann> still here");
            }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Over_HTTP_that_hangs(string end)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var (id, token) = await TokenAsync(ann);
        using var other = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        using var bot = new ApiClient(host.Api.Url, token);
        var (isOwn, isOther, isToken) = Ended(end);
        var hanging = new List<(Task<ApiAnswer> Answer, bool IsOver)>();
        foreach (var (client, isOver) in new[] { (ann, isOwn), (other, isOther), (bot, isToken) })
        {
            hanging.Add((client.GetAsync("/rooms/lobby/events?wait=30000"), isOver));
            await Patience.Until(() => host.Api.Context.Rooms.Waiters.Waiting == hanging.Count, "it hangs");
        }
        await EndAsync(host, ann, end, id);
        foreach (var (answer, isOver) in hanging.Where(h => h.IsOver))
            (await answer).Refused(401, "login_required");
        // The others hear what comes next.
        if (hanging.Any(h => !h.IsOver))
            await host.Owner.SayAsync("next");
        foreach (var (answer, _) in hanging.Where(h => !h.IsOver))
            Assert.Equal("next", (await answer).Is(200).Bodies("events").Last());
    }

    [Fact]
    public async Task A_login_that_ends_while_it_lets_in_lets_nobody_in()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        // Between the look and the moment from which on the connection can be found and ended.
        var looks = 0;
        host.Host.Store.AfterCredential = async () =>
        {
            if (Interlocked.Increment(ref looks) == 1)
                (await host.Owner.PatchAsync("/accounts/ann", new { active = false })).Is(204);
        };
        using var client = host.Host.WebSocket();
        await client.SendAsync(new { op = "hello", ver = 1, auth = new { session = ann.Bearer } });
        Assert.Equal(4003, await client.ClosedAsync());
    }

    [Theory]
    [InlineData(Access.Accounts)]
    [InlineData(Access.Guests)]
    public async Task A_terminal_s_login_that_ends_while_it_lets_in_lets_nobody_in(Access access)
    {
        await using var host = await AccountsHost.StartAsync(access);
        using var ann = await host.PersonAsync("ann");
        var looks = 0;
        host.Host.Store.AfterCredential = async () =>
        {
            if (Interlocked.Increment(ref looks) == 1)
                (await host.Owner.PatchAsync("/accounts/ann", new { active = false })).Is(204);
        };
        using var terminal = host.Host.Lines();
        await terminal.SendAsync($"/login ann\r\n{AccountsHost.Password}\r\nx\r\nx\r\n");
        Assert.EndsWith("* Your login was ended. Goodbye.\r\n", await terminal.ReadTextToEndAsync());
    }

    [Fact]
    public async Task A_token_ends_its_connections_when_its_time_is_over()
    {
        await using var host = await AccountsHost.StartAsync();
        var expires = host.Clock.GetUtcNow().AddSeconds(20).ToUnixTimeMilliseconds();
        var made = (await host.Owner.PostAsync("/tokens", new { name = "brief", scope = "read", expires })).Is(201);
        using var bot = host.Host.WebSocket();
        await bot.HelloAsync(token: made.Text("token"));
        var closed = bot.ClosedAsync();
        // Step by step: a clock that jumps is a server that was stopped, which looks after nobody at first.
        await Patience.Until(
            () =>
            {
                host.Clock.Advance(TimeSpan.FromSeconds(5));
                return closed.IsCompleted;
            }, "the token's time is over");
        Assert.Equal(4003, await closed);
    }

    [Fact]
    public async Task A_terminal_s_session_ends_with_the_connection()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using (var terminal = host.Host.Lines())
        {
            await terminal.SendAsync($"/login ann\r\n{AccountsHost.Password}\r\n");
            await terminal.ExpectAsync("Welcome");
            Assert.Equal(2, (await ann.GetAsync("/sessions")).List("sessions").Length);
            await terminal.SendAsync("/quit\r\n");
            await terminal.ReadToEndAsync();
        }
        await Patience.Until(() => ann.GetAsync("/sessions").Result.List("sessions").Length == 1, "the terminal's session is over");
    }
}
