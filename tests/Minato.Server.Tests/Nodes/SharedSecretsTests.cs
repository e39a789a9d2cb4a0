using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>What one server gave out for a while is good on the other: a balancer may lead each request of a page to another.</summary>
public sealed class SharedSecretsTests(PostgresServer postgres)
{
    private const string Launch = "the-launch-token-of-the-host", Password = "correct horse";

    [Fact]
    public async Task A_ticket_of_one_lets_in_on_the_other_and_once()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Token, launchToken: Launch);
        using var host = new ApiClient(nodes.A.Url, Launch);
        var ticket = await TicketAsync(host, "user-17");
        using var page = await WsClient.ConnectAsync(nodes.B.Url);
        Assert.Equal("user-17", NickOf(await page.HelloAsync(ticket: ticket)));
        foreach (var node in new[] { nodes.A, nodes.B })
            Assert.False(await IsLetInAsync(node, ticket));
    }

    [Fact]
    public async Task Of_two_who_come_with_one_ticket_to_both_at_once_one_is_let_in()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Token, launchToken: Launch);
        using var host = new ApiClient(nodes.A.Url, Launch);
        for (var round = 0; round < 20; round++)
        {
            var ticket = await TicketAsync(host, "user-17");
            var letIn = await Task.WhenAll(new[] { nodes.A, nodes.B }.Select(node => IsLetInAsync(node, ticket)));
            Assert.Single(letIn, isIn => isIn);
        }
    }

    [Fact]
    public async Task The_session_that_a_page_got_for_a_ticket_is_theirs_on_both_and_nothing_of_it_is_stored()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Token, launchToken: Launch);
        using var host = new ApiClient(nodes.A.Url, Launch);
        var ticket = await TicketAsync(host, "user-17");
        using var page = await WsClient.ConnectAsync(nodes.B.Url);
        await page.HelloAsync(ticket: ticket);
        foreach (var node in new[] { nodes.A, nodes.B })
        {
            using var script = new ApiClient(node.Url, page.Session);
            Assert.Equal("user-17", (await script.GetAsync("/me")).Is(200).Body.GetProperty("you").GetProperty("nick").GetString());
            using var again = await WsClient.ConnectAsync(node.Url);
            Assert.Equal("user-17", NickOf(await again.HelloAsync(page.Session)));
        }
        Assert.Equal(1L, await nodes.SqlAsync("select count(*) from vouchers"));
        var stored = (string)(await nodes.SqlAsync("select vouchers::text from vouchers"))!;
        foreach (var secret in new[] { ticket, page.Session!, Launch })
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        // What is served with another launch token is another host's.
        await using var stranger = await RunningServer.StartAsync(options => options with { Postgres = nodes.Database, Access = Access.Token });
        using var nobody = new ApiClient(stranger.Url, page.Session);
        (await nobody.GetAsync("/me")).Refused(401, "login_required");
    }

    [Fact]
    public async Task A_login_by_passkey_that_began_on_one_ends_on_the_other_and_once()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Accounts);
        using var nobody = new ApiClient(nodes.A.Url);
        var made = (await nobody.PostAsync("/accounts", new { nick = "ann", password = Password, invitation = nodes.B.OwnerInvitation })).Is(201);
        var (session, id) = (made.Text("session"), made.Body.GetProperty("you").GetProperty("id").GetString());
        using var authenticator = new SoftAuthenticator();
        using var ownA = new PasskeyPage(nodes.A.Url, session);
        using var ownB = new PasskeyPage(nodes.B.Url, session, openedAt: nodes.A.Url);
        var asked = (await ownA.AskForNewAsync(Password)).Is(201);
        var key = authenticator.Make(asked.Body.GetProperty("options"), ownA.Origin);
        (await ownB.AddAsync(asked.Text("ceremony"), key)).Is(201);

        using var doorA = new PasskeyPage(nodes.A.Url, session: null);
        using var doorB = new PasskeyPage(nodes.B.Url, session: null, openedAt: nodes.A.Url);
        asked = (await doorA.AskWhoAsync()).Is(201);
        var signed = authenticator.Sign(asked.Body.GetProperty("options"), doorA.Origin);
        var opened = (await doorB.LogInAsync(asked.Text("ceremony"), signed)).Is(201);
        Assert.Equal(id, opened.Body.GetProperty("you").GetProperty("id").GetString());
        foreach (var door in new[] { doorA, doorB })
            (await door.LogInAsync(asked.Text("ceremony"), signed)).Refused(403, "bad_passkey");
    }

    private static async Task<string> TicketAsync(ApiClient host, string person) =>
        (await host.PostAsync("/tickets", new { person, nick = person })).Is(201).Text("ticket");

    private static string? NickOf(JsonElement welcome) => welcome.GetProperty("you").GetProperty("nick").GetString();

    private static async Task<bool> IsLetInAsync(RunningServer node, string ticket)
    {
        using var page = await WsClient.ConnectAsync(node.Url);
        await page.SendAsync(new { op = "hello", ver = 1, auth = new { ticket } });
        var answer = await page.NextAsync(f => WsClient.Op(f) is "welcome" or "error", "an answer to the ticket");
        return WsClient.Op(answer) == "welcome";
    }
}
