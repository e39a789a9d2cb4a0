using Minato.Core.Accounts;
using Minato.Core.Rights;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api.Accounts;

/// <summary>A login that ends while a request of it is under way makes nothing that outlives it.</summary>
public sealed class RequestUnderWayTests
{
    [Theory]
    [InlineData("POST", "/tokens", """{"name":"lasting","scope":"admin"}""")]
    [InlineData("POST", "/invitations", """{"role":"admin"}""")]
    [InlineData("POST", "/rooms/lobby/messages", """{"body":"late"}""")]
    [InlineData("DELETE", "/sessions", "{}")]
    public async Task Whoever_holds_a_body_back_is_asked_for_the_login_after_it(string method, string path, string body)
    {
        await using var host = await AccountsHost.StartAsync();
        var session = (await host.LogInAsync("owner")).Is(201).Text("session");
        var server = new Uri(host.Api.Url);
        using var thief = await RawClient.ConnectAsync(server.Port);
        await thief.SendAsync(
            $"{method} /api/v1{path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {session}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        // Said when the body is first read: all that comes before it has happened.
        await thief.ExpectAsync("HTTP/1.1 100 Continue");
        (await host.Owner.PutAsync("/me/password", new { password = AccountsHost.Password, @new = "battery staple" })).Is(204);
        await thief.SendAsync(body);
        await thief.ExpectAsync("HTTP/1.1 401 ");
        Assert.Empty((await host.Owner.GetAsync("/tokens")).Is(200).List("tokens"));
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("codes")]
    [InlineData("sessions")]
    [InlineData("invitations")]
    [InlineData("settings")]
    [InlineData("active")]
    [InlineData("role")]
    [InlineData("message")]
    [InlineData("join")]
    [InlineData("room")]
    [InlineData("read")]
    public async Task A_login_that_ends_once_it_was_asked_for_is_found_out_by_the_commit(string what)
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        if (what == "read")
            await host.Owner.JoinAsync("lobby");
        var owner = (await host.Host.Accounts.FindAccountAsync("owner", default))!.User;
        var lobby = (await host.Host.Store.FindRoomAsync("lobby", default))!.Id;
        var head = await host.Host.Store.ReadHeadAsync(lobby, default);
        host.Host.Store.AfterCredential = async () =>
        {
            host.Host.Store.AfterCredential = () => Task.CompletedTask;
            await host.Api.Context.Log.SubmitAsync(new EndSessions(owner, null), lane: null);
        };
        var answer = what switch
        {
            "tokens" => await host.Owner.PostAsync("/tokens", new { name = "lasting", scope = "admin" }),
            "codes" => await host.Owner.PostAsync("/me/recovery-codes", new { password = AccountsHost.Password }),
            "sessions" => await host.Owner.DeleteAsync("/sessions"),
            "invitations" => await host.Owner.PostAsync("/invitations", new { role = "admin" }),
            "settings" => await host.Owner.PatchAsync("/settings", new { signup = "open" }),
            "message" => await host.Owner.PostAsync("/rooms/lobby/messages", new { body = "late" }),
            "join" => await host.Owner.PutAsync("/rooms/lobby/members/me"),
            "room" => await host.Owner.PostAsync("/rooms", new { slug = "late" }),
            "read" => await host.Owner.PutAsync("/rooms/lobby/read", new { seq = 1 }),
            "active" => await host.Owner.PatchAsync("/accounts/ann", new { active = false }),
            _ => await host.Owner.PatchAsync("/accounts/ann", new { role = "owner" }),
        };
        answer.Refused(401, "login_required");
        Assert.Equal(head, await host.Host.Store.ReadHeadAsync(lobby, default));
        Assert.Null(await host.Host.Store.FindRoomAsync("late", default));
        Assert.Equal(ServerRole.Member, (await host.Host.Accounts.FindAccountAsync("ann", default))!.User.Role);
    }
}
