namespace Minato.Server.Tests.Http.Api.Accounts;

public sealed class TokenTests
{
    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("admin")]
    public async Task A_token_may_what_its_scope_says_and_opens_no_account(string scope)
    {
        await using var host = await AccountsHost.StartAsync();
        var made = (await host.Owner.PostAsync("/tokens", new { name = "bot", scope })).Is(201);
        using var bot = new ApiClient(host.Api.Url, made.Text("token")) { Nick = "bot" };
        Assert.Equal("owner", (await bot.GetAsync("/me")).Is(200).Body.GetProperty("you").GetProperty("nick").GetString());
        (await bot.GetAsync("/rooms/lobby/messages")).Is(200);
        Expect(await bot.PostAsync("/rooms/lobby/messages", new { body = "x" }), 201, scope != "read");
        Expect(await bot.PutAsync("/rooms/lobby/members/me"), 200, scope != "read");
        Expect(await bot.PutAsync("/rooms/lobby/read", new { seq = 1 }), 204, scope != "read");
        Expect(await bot.GetAsync("/invitations"), 200, scope == "admin");
        Expect(await bot.PostAsync("/invitations"), 201, scope == "admin");
        Expect(await bot.PatchAsync("/settings", new { departed = "erase" }), 200, scope == "admin");
        foreach (var answer in new[]
        {
            await bot.PostAsync("/tokens", new { name = "more", scope = "admin" }), await bot.GetAsync("/sessions"), await bot.DeleteAsync("/sessions"),
            await bot.PutAsync("/me/password", new { password = AccountsHost.Password, @new = "battery staple" }),
            await bot.PostAsync("/me/deletion", new { password = AccountsHost.Password }), await bot.DeleteAsync($"/tokens/{made.Text("id")}"),
        })
            answer.Refused(403, "forbidden");

        static void Expect(ApiAnswer answer, int status, bool may)
        {
            if (may)
                answer.Is(status);
            else
                answer.Refused(403, "forbidden");
        }
    }

    [Fact]
    public async Task A_token_is_listed_with_its_last_use_and_is_worth_nothing_once_revoked_or_over()
    {
        await using var host = await AccountsHost.StartAsync();
        var made = (await host.Owner.PostAsync("/tokens", new { name = "bot", scope = "write" })).Is(201);
        var expires = host.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        var brief = (await host.Owner.PostAsync("/tokens", new { name = "brief", scope = "read", expires })).Is(201);
        (await host.Owner.PostAsync("/tokens", new { name = "", scope = "read" })).Refused(400, "bad_label");
        (await host.Owner.PostAsync("/tokens", new { name = "x", scope = "all" })).Refused(400, "bad_request");
        (await host.Owner.PostAsync("/tokens", new { name = "x", scope = "1" })).Refused(400, "bad_request");
        (await host.Owner.PostAsync("/tokens", new { name = "x", scope = "read", expires = 1 })).Refused(400, "bad_until");
        using var bot = new ApiClient(host.Api.Url, made.Text("token")) { Nick = "bot" };
        using var other = new ApiClient(host.Api.Url, brief.Text("token"));
        (await other.GetAsync("/me")).Is(200);
        await bot.SayAsync("behind the note of its use");
        var listed = (await host.Owner.GetAsync("/tokens")).Is(200).List("tokens").Single(t => t.GetProperty("name").GetString() == "bot");
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), listed.GetProperty("used").GetInt64());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await other.GetAsync("/me")).Refused(401, "login_required");
        (await host.Owner.DeleteAsync($"/tokens/{made.Text("id")}")).Is(204);
        (await bot.GetAsync("/me")).Refused(401, "login_required");
        (await host.Owner.DeleteAsync($"/tokens/{made.Text("id")}")).Refused(404, "no_such_credential");
    }

    [Fact]
    public async Task A_token_of_somebody_who_is_gone_or_shut_out_is_worth_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        foreach (var nick in new[] { "ann", "ben" })
        {
            using var person = await host.PersonAsync(nick);
            using var bot = new ApiClient(host.Api.Url, (await person.PostAsync("/tokens", new { name = "bot", scope = "admin" })).Is(201).Text("token"));
            (await bot.GetAsync("/me")).Is(200);
            (nick == "ann" ? await person.PostAsync("/me/deletion", new { password = AccountsHost.Password }) : await host.Owner.PatchAsync("/accounts/ben", new { active = false })).Is(204);
            (await bot.GetAsync("/me")).Refused(401, "login_required");
        }
        // It does not come back with the account.
        (await host.Owner.PatchAsync("/accounts/ben", new { active = true })).Is(204);
        using var back = host.As("ben", (await host.LogInAsync("ben")).Is(201));
        Assert.Empty((await back.GetAsync("/tokens")).Is(200).List("tokens"));
    }
}
