namespace Minato.Server.Tests.Http.Api.Accounts;

public sealed class SignUpTests
{
    [Fact]
    public async Task The_owner_s_link_makes_an_owner_who_invites_and_whoever_is_invited_is_in()
    {
        await using var host = await AccountsHost.StartAsync();
        using var nobody = host.Nobody();
        (await nobody.GetAsync("/rooms")).Refused(401, "login_required");
        (await nobody.PostAsync("/sessions", new { nick = "guest" })).Refused(401, "login_required");
        using var ann = await host.PersonAsync("ann");
        var me = (await ann.GetAsync("/me")).Is(200).Body.GetProperty("you");
        Assert.Equal(("ann", false), (me.GetProperty("nick").GetString(), me.GetProperty("guest").GetBoolean()));
        await ann.SayAsync("hello");
        Assert.Equal(["hello"], (await host.Owner.GetAsync("/rooms/lobby/messages")).Bodies());
        // Who has a session makes no guests here.
        (await ann.PostAsync("/sessions")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task An_invitation_that_is_used_up_expired_revoked_or_made_up_is_one_refusal()
    {
        await using var host = await AccountsHost.StartAsync();
        using var nobody = host.Nobody();
        var used = await host.InviteAsync();
        (await host.SignUpAsync("ann", used)).Dispose();
        var revoked = (await host.Owner.PostAsync("/invitations")).Is(201);
        (await host.Owner.DeleteAsync($"/invitations/{revoked.Text("id")}")).Is(204);
        var expired = await host.InviteAsync(new { expires = host.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds() });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        string?[] invitations = [used, revoked.Text("invitation"), expired, "", "nonsense", new string('A', 43)];
        foreach (var invitation in invitations)
            foreach (var nick in new[] { "ben", "ann" }) // Whether the name is taken is not told at a closed door.
                (await nobody.PostAsync("/accounts", new { nick, password = AccountsHost.Password, invitation })).Refused(403, "bad_invitation");
        (await nobody.PostAsync("/accounts", new { nick = "ben", password = AccountsHost.Password })).Refused(403, "bad_invitation");
    }

    [Fact]
    public async Task An_invitation_is_good_for_a_year_at_the_most()
    {
        await using var host = await AccountsHost.StartAsync();
        await host.InviteAsync(new { expires = (1L << 53) - 1, uses = 10_000 });
        var listed = Assert.Single((await host.Owner.GetAsync("/invitations")).Is(200).List("invitations"));
        Assert.Equal(host.Clock.GetUtcNow().AddDays(365).ToUnixTimeMilliseconds(), listed.GetProperty("expires").GetInt64());
        (await host.Owner.PostAsync("/invitations", new { uses = 10_001 })).Refused(400, "bad_request");
        (await host.Owner.PostAsync("/invitations", new { expires = 1 })).Refused(400, "bad_until");
        (await host.Owner.PostAsync("/invitations", new { role = "guest" })).Refused(400, "bad_request");
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("ANN")]
    [InlineData("ａｎｎ")]
    public async Task A_name_that_normalises_to_another_s_is_taken(string nick)
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("Ann")).Dispose();
        using var nobody = host.Nobody();
        var invitation = await host.InviteAsync();
        (await nobody.PostAsync("/accounts", new { nick, password = AccountsHost.Password, invitation })).Refused(409, "nick_taken");
        (await host.SignUpAsync("ben", invitation)).Dispose();
    }

    [Fact]
    public async Task What_is_no_password_is_refused_and_what_is_huge_is_not_read()
    {
        await using var host = await AccountsHost.StartAsync();
        using var nobody = host.Nobody();
        var invitation = await host.InviteAsync();
        foreach (var password in new[] { "", "1234567", new string('x', 1025), "tab\tinside" })
            (await nobody.PostAsync("/accounts", new { nick = "ann", password, invitation })).Refused(400, "bad_password");
        (await nobody.PostAsync("/accounts", new { nick = "ann", password = new string('x', 80_000), invitation })).Refused(413, "request_too_large");
        (await nobody.PostAsync("/accounts", new { nick = "ann", invitation })).Refused(400, "bad_request");
        (await nobody.PostAsync("/accounts", new { nick = "a b", password = AccountsHost.Password, invitation })).Refused(400, "bad_nick");
        (await nobody.PostAsync("/accounts", new { nick = "ann", password = AccountsHost.Password, invitation, device = "two\nlines" })).Refused(400, "bad_label");
        (await host.SignUpAsync("ann", invitation)).Dispose();
    }

    [Fact]
    public async Task Where_everybody_may_sign_up_everybody_may_and_the_owner_can_close_the_door()
    {
        await using var host = await AccountsHost.StartAsync();
        using var nobody = host.Nobody();
        Assert.Equal("open", (await host.Owner.PatchAsync("/settings", new { signup = "open" })).Is(200).Text("signup"));
        (await nobody.PostAsync("/accounts", new { nick = "ann", password = AccountsHost.Password })).Is(201);
        (await host.Owner.PatchAsync("/settings", new { signup = "closed" })).Is(200);
        (await nobody.PostAsync("/accounts", new { nick = "ben", password = AccountsHost.Password })).Refused(403, "signup_closed");
        (await nobody.PostAsync("/accounts", new { nick = "ben", password = AccountsHost.Password, invitation = await host.InviteAsync() })).Refused(403, "signup_closed");
        (await host.Owner.PatchAsync("/settings", new { signup = "ajar" })).Refused(400, "bad_request");
    }

    [Fact]
    public async Task A_guest_who_signs_up_goes_on_being_the_same()
    {
        await using var host = await AccountsHost.StartAsync(Access.Guests);
        using var guest = await host.Api.GuestAsync("guest");
        await guest.SayAsync("as a guest");
        using var live = await host.Host.WelcomeAsync(guest.Bearer);
        using var nobody = host.Nobody();
        var invitation = await host.InviteAsync();
        (await nobody.PostAsync("/accounts", new { nick = "ann", password = AccountsHost.Password, invitation, guest = new string('A', 43) })).Refused(401, "login_required");
        var opened = (await nobody.PostAsync("/accounts", new { nick = "ann", password = AccountsHost.Password, invitation, guest = guest.Bearer })).Is(201);
        Assert.Equal(guest.Id, opened.Body.GetProperty("you").GetProperty("id").GetString());
        Assert.Equal("ann", (await nobody.GetAsync("/rooms/lobby/messages")).List("messages")[^1].GetProperty("from").GetProperty("nick").GetString());
        // What made them the guest is worth nothing any more.
        Assert.Equal(4003, await live.ClosedAsync());
        (await nobody.PostAsync("/accounts", new { nick = "bea", password = AccountsHost.Password, invitation = await host.InviteAsync(), guest = guest.Bearer })).Refused(401, "login_required");
    }

    [Fact]
    public async Task A_guest_of_earlier_days_is_a_stranger_where_accounts_are_asked_for()
    {
        await using var host = await AccountsHost.StartAsync();
        var session = Server.Sessions.SessionToken.New();
        var registered = new Core.Commands.RegisterGuest(Core.Users.UserKind.Guest, "guest", false, session.Hash);
        Assert.IsType<Core.Commands.UserChanged>(await host.Api.Context.Log.SubmitAsync(registered, null));
        using var guest = new ApiClient(host.Api.Url, session.Text);
        (await guest.GetAsync("/rooms")).Refused(401, "login_required");
        using var live = host.Host.WebSocket();
        await live.SendAsync(new { op = "hello", ver = 1, auth = new { session = session.Text } });
        Assert.Equal(4003, await live.ClosedAsync());
    }

    [Fact]
    public async Task Whoever_makes_many_accounts_from_one_address_waits()
    {
        await using var host = await AccountsHost.StartAsync();
        using var nobody = host.Nobody();
        var limits = Enumerable.Range(0, 300).ToAsyncEnumerable();
        await foreach (var i in limits)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(60)); // at the pace that every address is held to
            var answer = await nobody.PostAsync("/accounts", new { nick = $"user-{i}", password = AccountsHost.Password, invitation = new string('A', 43) });
            if (i < 199)
                answer.Refused(403, "bad_invitation");
            else
            {
                answer.Refused(429, "rate_limited");
                return;
            }
        }
        Assert.Fail("Nobody said stop.");
    }
}
