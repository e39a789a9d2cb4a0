namespace Minato.Server.Tests.Http.Api.Accounts;

public sealed class LoginTests
{
    [Fact]
    public async Task A_name_in_any_spelling_and_the_password_open_a_session()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("Ann");
        var opened = (await host.LogInAsync("ａＮＮ")).Is(201);
        Assert.Equal(ann.Id, opened.Body.GetProperty("you").GetProperty("id").GetString());
        using var again = host.As("Ann", opened);
        await again.SayAsync("back");
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_login_is_answered_in_the_same_words()
    {
        await using var host = await AccountsHost.StartAsync();
        foreach (var nick in new[] { "ann", "shut", "gone" })
        {
            using var person = await host.PersonAsync(nick);
            if (nick == "shut")
                (await host.Owner.PatchAsync("/accounts/shut", new { active = false })).Is(204);
            if (nick == "gone")
                (await person.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Is(204);
        }
        var answers = new List<string>();
        foreach (var (nick, password) in new[] { ("ann", "wrong horse"), ("ann", ""), ("ann", new string('x', 2000)), ("nobody", AccountsHost.Password), ("shut", AccountsHost.Password), ("gone", AccountsHost.Password), ("a b", AccountsHost.Password), ("minato", AccountsHost.Password) })
            answers.Add((await host.LogInAsync(nick, password)).Refused(403, "wrong_login").Json.ToString()!);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Guessing_is_held_up_alike_for_those_who_are_there_and_those_who_are_not_and_not_for_a_known_device()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        var known = (await host.LogInAsync("ann")).Is(201).Text("known");
        foreach (var nick in new[] { "ann", "nobody" })
        {
            for (var i = 0; i < 5; i++)
                (await host.LogInAsync(nick, "wrong horse")).Refused(403, "wrong_login");
            Assert.Equal(1_000, (await host.LogInAsync(nick, "wrong horse")).Refused(429, "rate_limited").Number("retryAfter"));
        }
        // Not even the right one, from a device that nobody knows: else it could be guessed on.
        (await host.LogInAsync("ann")).Refused(429, "rate_limited");
        (await host.LogInAsync("ann", known: known)).Is(201);
        (await host.LogInAsync("ann", known: "forged")).Refused(429, "rate_limited");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await host.LogInAsync("ann")).Is(201);
    }

    [Fact]
    public async Task A_session_that_logs_out_is_worth_nothing_and_the_others_go_on()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var other = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        (await ann.DeleteAsync("/sessions/current")).Is(204);
        (await ann.GetAsync("/me")).Refused(401, "login_required");
        var listed = Assert.Single((await other.GetAsync("/sessions")).Is(200).List("sessions"));
        Assert.True(listed.GetProperty("current").GetBoolean());
        (await other.DeleteAsync($"/sessions/{Guid.CreateVersion7()}")).Refused(404, "no_such_credential");
        (await other.DeleteAsync("/sessions/nonsense")).Refused(400, "bad_request");
        (await other.DeleteAsync($"/sessions/{listed.GetProperty("id").GetString()}")).Is(204);
        (await other.GetAsync("/me")).Refused(401, "login_required");
    }

    [Fact]
    public async Task A_new_password_takes_the_old_one_and_ends_other_sessions()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var other = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        (await ann.PutAsync("/me/password", new { password = "wrong horse", @new = "battery staple" })).Refused(403, "wrong_login");
        (await ann.PutAsync("/me/password", new { password = AccountsHost.Password, @new = "short" })).Refused(400, "bad_password");
        (await ann.PutAsync("/me/password", new { password = AccountsHost.Password, @new = "battery staple" })).Is(204);
        (await other.GetAsync("/me")).Refused(401, "login_required");
        (await ann.GetAsync("/me")).Is(200);
        (await host.LogInAsync("ann")).Refused(403, "wrong_login");
        (await host.LogInAsync("ann", "battery staple")).Is(201);
        (await ann.DeleteAsync("/sessions")).Is(204);
        (await ann.GetAsync("/me")).Refused(401, "login_required");
    }

    [Fact]
    public async Task Who_has_a_session_may_not_guess_at_its_password_for_ever()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        for (var i = 0; i < 5; i++)
            (await ann.PostAsync("/me/deletion", new { password = "wrong horse" })).Refused(403, "wrong_login");
        (await ann.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Refused(429, "rate_limited");
        (await host.LogInAsync("ann")).Is(201);
        // Nor under another name.
        (await ann.PatchAsync("/me", new { nick = "anna" })).Is(200);
        (await ann.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Refused(429, "rate_limited");
    }

    [Fact]
    public async Task Who_was_wrong_too_often_is_told_so_and_when_to_come_back()
    {
        await using var host = await AccountsHost.StartAsync();
        for (var i = 0; i < 5; i++)
            (await host.LogInAsync("ann", "wrong horse")).Refused(403, "wrong_login");
        Assert.Equal("Too many were wrong. Try again in 1 s.", (await host.LogInAsync("ann")).Refused(429, "rate_limited").Text("detail"));
    }

    [Fact]
    public async Task Strangers_who_guess_at_a_password_do_not_bar_the_owner_s_way_back()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var codes = (await ann.PostAsync("/me/recovery-codes", new { password = AccountsHost.Password })).Is(201).List("codes");
        for (var i = 0; i < 6; i++)
            await host.LogInAsync("ann", "wrong horse");
        (await host.LogInAsync("ann")).Refused(429, "rate_limited");
        using var nobody = host.Nobody();
        (await nobody.PostAsync("/recoveries", new { nick = "ann", code = codes[0].GetString(), password = "battery staple" })).Is(201);
    }

    [Fact]
    public async Task What_a_busy_server_did_not_look_at_is_not_counted_as_wrong()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        using var nobody = host.Nobody();
        var recovery = new { nick = "ann", code = "AAAA-AAAA-AAAA-AAAA", password = "battery staple" };
        using var isDone = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 64).Select(_ => host.Api.Context.Accounts.Hashing.RunAsync(() => { isDone.Wait(); return ""; })).ToList();
        for (var i = 0; i < 6; i++)
        {
            (await host.LogInAsync("ann")).Refused(503, "busy");
            (await nobody.PostAsync("/recoveries", recovery)).Refused(503, "busy");
        }
        isDone.Set();
        await Task.WhenAll(waiting);
        for (var i = 0; i < 5; i++)
        {
            (await host.LogInAsync("ann", "wrong horse")).Refused(403, "wrong_login");
            (await nobody.PostAsync("/recoveries", recovery)).Refused(403, "wrong_login");
        }
        (await host.LogInAsync("ann")).Refused(429, "rate_limited");
        (await nobody.PostAsync("/recoveries", recovery)).Refused(429, "rate_limited");
    }

    [Fact]
    public async Task Codes_are_guessed_at_five_times_and_one_that_nobody_looked_at_does_not_count()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var codes = (await ann.PostAsync("/me/recovery-codes", new { password = AccountsHost.Password })).Is(201).List("codes");
        using var nobody = host.Nobody();
        var recovery = new { nick = "ann", code = codes[0].GetString(), password = "battery staple" };
        host.Host.Store.BeforeCommit = () => throw new Core.Storage.StoreAwayException("away");
        for (var i = 0; i < 6; i++)
            (await nobody.PostAsync("/recoveries", recovery)).Refused(503, "storage_away");
        host.Host.Store.BeforeCommit = () => Task.CompletedTask;
        for (var i = 0; i < 5; i++)
            (await nobody.PostAsync("/recoveries", recovery with { code = "AAAA-AAAA-AAAA-AAAA" })).Refused(403, "wrong_login");
        (await nobody.PostAsync("/recoveries", recovery)).Refused(429, "rate_limited");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await nobody.PostAsync("/recoveries", recovery)).Is(201);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_password_once()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        (await ann.PostAsync("/me/recovery-codes", new { password = "wrong horse" })).Refused(403, "wrong_login");
        var codes = (await ann.PostAsync("/me/recovery-codes", new { password = AccountsHost.Password })).Is(201).List("codes");
        Assert.Equal(10, codes.Length);
        using var nobody = host.Nobody();
        var recovery = new { nick = "ann", code = codes[3].GetString()!.ToLowerInvariant(), password = "battery staple" };
        (await nobody.PostAsync("/recoveries", recovery with { password = "short" })).Refused(400, "bad_password");
        (await nobody.PostAsync("/recoveries", recovery with { nick = "owner" })).Refused(403, "wrong_login");
        (await nobody.PostAsync("/recoveries", recovery)).Is(201);
        (await ann.GetAsync("/me")).Refused(401, "login_required");
        (await nobody.PostAsync("/recoveries", recovery)).Refused(403, "wrong_login");
        (await host.LogInAsync("ann", "battery staple")).Is(201);
    }

    [Fact]
    public async Task A_password_of_a_lower_cost_is_hashed_anew_when_it_is_given()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        var before = (await host.Host.Accounts.FindAccountAsync("ann", default))!;
        using var cheap = new Server.Accounts.PasswordHashing(500);
        var old = (await cheap.HashAsync(AccountsHost.Password))!;
        Assert.IsType<Core.Accounts.AccountChanged>(await host.Api.Context.Log.SubmitAsync(new Core.Accounts.ResetPassword(before.User.Id, old), null));
        (await host.LogInAsync("ann")).Is(201);
        var after = (await host.Host.Accounts.FindAccountAsync("ann", default))!.PasswordHash;
        Assert.NotEqual(old, after);
        (await host.LogInAsync("ann")).Is(201);
        Assert.Equal(after, (await host.Host.Accounts.FindAccountAsync("ann", default))!.PasswordHash);
    }

    [Fact]
    public async Task What_a_host_lets_in_by_its_token_knows_no_accounts()
    {
        await using var api = await ApiHost.StartAsync(Access.Token, "launch");
        using var nobody = new ApiClient(api.Url);
        foreach (var path in new[] { "/logins", "/accounts", "/recoveries" })
            (await nobody.PostAsync(path, new { nick = "ann", password = AccountsHost.Password, code = "x" })).Refused(401, "login_required");
        using var host = new ApiClient(api.Url, "launch");
        foreach (var path in new[] { "/logins", "/accounts", "/recoveries" })
            (await host.PostAsync(path, new { nick = "ann", password = AccountsHost.Password, code = "x" })).Refused(403, "forbidden");
        // Of data that was served otherwise before.
        var store = api.Context.Accounts.Store;
        var link = await Server.Accounts.OwnerLink.MakeAsync(api.Context.Log, "http://x", api.Host.Clock);
        var opened = await api.Context.Accounts.Door.SignUpAsync(new Server.Accounts.NewAccount("ann", AccountsHost.Password, link.Split('=')[1], null, null), null, new Server.Log.Lane());
        Assert.NotNull(await store.FindAccountAsync("ann", default));
        using var ann = new ApiClient(api.Url, opened.Opened!.Session.Text);
        (await ann.GetAsync("/me")).Refused(401, "login_required");
    }
}
