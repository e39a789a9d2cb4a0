namespace Minato.Server.Tests.Accounts;

public sealed class WebSocketTokenTests
{
    [Theory]
    [InlineData("read", "forbidden")]
    [InlineData("write", null)]
    public async Task A_token_makes_a_client_its_owner_as_far_as_its_scope_goes(string scope, string? refusal)
    {
        await using var host = await AccountsHost.StartAsync();
        var token = (await host.Owner.PostAsync("/tokens", new { name = "bot", scope })).Is(201).Text("token");
        using var bot = host.Host.WebSocket();
        var welcome = await bot.HelloAsync(token: token);
        Assert.Equal("owner", welcome.GetProperty("you").GetProperty("nick").GetString());
        // It holds what it came with, and is given nothing that would outlive it.
        Assert.False(welcome.TryGetProperty("session", out _));
        await host.Owner.JoinAsync("lobby");
        await host.Owner.SayAsync("to be read");
        Assert.Equal(1, (await bot.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h")).GetProperty("messages").GetArrayLength());
        foreach (var (cid, frame) in new (string, object)[] { ("c1", new { op = "send", cid = "c1", room = "#lobby", body = "x" }), ("c2", new { op = "nick", cid = "c2", nick = "other" }) })
        {
            var answer = await bot.AskAsync(frame, cid);
            Assert.Equal(refusal, answer.TryGetProperty("code", out var code) ? code.GetString() : null);
        }
    }

    [Theory]
    [InlineData("mnto_")]
    [InlineData("wrong")]
    public async Task A_token_that_is_none_lets_nobody_in(string prefix)
    {
        await using var host = await AccountsHost.StartAsync();
        using var bot = host.Host.WebSocket();
        await bot.SendAsync(new { op = "hello", ver = 1, auth = new { token = prefix + new string('A', 43) } });
        Assert.Equal(4003, await bot.ClosedAsync());
    }
}
