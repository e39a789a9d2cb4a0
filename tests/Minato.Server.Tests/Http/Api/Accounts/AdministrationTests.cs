namespace Minato.Server.Tests.Http.Api.Accounts;

public sealed class AdministrationTests
{
    [Fact]
    public async Task A_member_administers_nothing_and_does_not_see_what_there_is()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        foreach (var path in new[] { "/accounts", "/invitations", "/settings", "/audit" })
            (await ann.GetAsync(path)).Refused(403, "forbidden");
        (await ann.PostAsync("/invitations")).Refused(403, "forbidden");
        (await ann.DeleteAsync($"/invitations/{Guid.CreateVersion7()}")).Refused(403, "forbidden");
        (await ann.PatchAsync("/settings", new { signup = "open" })).Refused(403, "forbidden");
        foreach (var user in new[] { "owner", "me", "nobody" })
            (await ann.PatchAsync($"/accounts/{user}", new { active = false })).Refused(403, "forbidden");
        using var nobody = host.Nobody();
        foreach (var path in new[] { "/accounts", "/invitations", "/settings", "/audit", "/sessions", "/tokens" })
            (await nobody.GetAsync(path)).Refused(401, "login_required");
    }

    [Fact]
    public async Task An_admin_invites_members_and_shuts_them_out_and_says_nothing_about_owners()
    {
        await using var host = await AccountsHost.StartAsync();
        using var admin = await host.SignUpAsync("admin", await host.InviteAsync(new { role = "admin" }));
        using var ann = await host.SignUpAsync("ann", (await admin.PostAsync("/invitations")).Is(201).Text("invitation"));
        (await admin.PostAsync("/invitations", new { role = "owner" })).Refused(403, "forbidden");
        (await admin.PatchAsync("/settings", new { signup = "open" })).Refused(403, "forbidden");
        (await admin.PatchAsync("/accounts/owner", new { active = false })).Refused(403, "forbidden");
        (await admin.PatchAsync("/accounts/ann", new { active = false })).Is(204);
        (await admin.PatchAsync("/accounts/nobody", new { active = false })).Refused(404, "no_such_user");
        Assert.Equal(
            [("owner", "owner", true), ("admin", "admin", true), ("ann", "member", false)],
            (await admin.GetAsync("/accounts")).Is(200).List("accounts").Select(a => (a.GetProperty("nick").GetString(), a.GetProperty("role").GetString(), a.GetProperty("active").GetBoolean())));
        var newest = (await admin.GetAsync("/audit?limit=1")).Is(200).List("audit")[0];
        Assert.Equal(("admin", "deactivated", "ann"), (newest.GetProperty("by").GetString(), newest.GetProperty("act").GetString(), newest.GetProperty("subject").GetString()));
        // The name of today, and the id that stays.
        (await ann.PatchAsync("/me", new { nick = "renamed" })).Refused(401, "login_required");
        (await host.Owner.PatchAsync("/accounts/ann", new { active = true })).Is(204);
        using var again = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        (await again.PatchAsync("/me", new { nick = "renamed" })).Is(200);
        var renamed = (await admin.GetAsync("/audit?limit=2")).Is(200).List("audit")[1];
        Assert.Equal(
            (admin.Id, "renamed", newest.GetProperty("subjectId").GetString()),
            (renamed.GetProperty("byId").GetString()!, renamed.GetProperty("subject").GetString(), renamed.GetProperty("subjectId").GetString()));
        Assert.Equal(ann.Id, renamed.GetProperty("subjectId").GetString());
        Assert.NotEqual(newest.GetProperty("id").GetInt64(), (await admin.GetAsync($"/audit?limit=1&before={newest.GetProperty("id").GetInt64()}")).List("audit")[0].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task An_owner_gives_roles_and_nobody_else_does()
    {
        await using var host = await AccountsHost.StartAsync();
        using var admin = await host.SignUpAsync("admin", await host.InviteAsync(new { role = "admin" }));
        using var ann = await host.PersonAsync("ann");
        foreach (var who in new[] { admin, ann })
            foreach (var user in new[] { "me", "ann", "owner" })
                (await who.PatchAsync($"/accounts/{user}", new { role = "owner" })).Refused(403, "forbidden");
        (await host.Owner.PatchAsync("/accounts/me", new { role = "member" })).Refused(409, "last_owner");
        (await host.Owner.PatchAsync("/accounts/ann", new { role = "guest" })).Refused(400, "bad_request");
        (await host.Owner.PatchAsync("/accounts/ann", new { role = "admin", active = true })).Refused(400, "bad_request");
        (await host.Owner.PatchAsync("/accounts/ann", new { })).Refused(400, "bad_request");
        (await host.Owner.PatchAsync("/accounts/ann", new { role = "owner" })).Is(204);
        var newest = (await ann.GetAsync("/audit?limit=1")).Is(200).List("audit")[0];
        Assert.Equal(
            ("owner", "role", "ann", "owner"),
            (newest.GetProperty("by").GetString(), newest.GetProperty("act").GetString(), newest.GetProperty("subject").GetString(), newest.GetProperty("detail").GetString()));
        (await ann.PatchAsync("/accounts/owner", new { role = "member" })).Is(204);
        (await host.Owner.GetAsync("/accounts")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.Owner.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Refused(409, "last_owner");
        (await host.Owner.PatchAsync("/accounts/me", new { active = false })).Refused(409, "last_owner");
        using var second = await host.SignUpAsync("second", await host.InviteAsync(new { role = "owner" }));
        (await host.Owner.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Is(204);
        (await host.Owner.GetAsync("/me")).Refused(401, "login_required");
        (await second.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Refused(409, "last_owner");
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("erase")]
    public async Task Whoever_deletes_their_account_leaves_a_name_that_is_nobody_s_and_what_the_owner_decided(string departed)
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.Owner.PatchAsync("/settings", new { departed })).Is(200);
        using var ann = await host.PersonAsync("ann");
        await ann.SayAsync("the last word");
        using var live = await host.Host.WelcomeAsync(host.Owner.Bearer);
        (await ann.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Is(204);
        if (departed == "erase")
            await live.NextAsync(f => f.TryGetProperty("type", out var type) && type.GetString() == "erase", "that it was erased");
        var message = (await host.Owner.GetAsync("/rooms/lobby/messages")).List("messages")[^1];
        Assert.StartsWith("deleted-", message.GetProperty("from").GetProperty("nick").GetString());
        Assert.Equal(departed == "keep", message.TryGetProperty("body", out _));
        (await host.PersonAsync("ann")).Dispose();
    }
}
