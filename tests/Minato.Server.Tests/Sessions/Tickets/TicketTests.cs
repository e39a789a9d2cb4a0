using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Tickets;

/// <summary>What the host's tickets open, for whom and for how long.</summary>
public sealed class TicketTests : IAsyncLifetime
{
    private ApiHost _api = null!;
    private ApiClient _host = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync(Access.Token, "launch");
        _host = new ApiClient(_api.Url, "launch");
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_lets_a_page_in_and_gives_it_a_session()
    {
        var page = await EnterAsync(await TicketAsync());
        Assert.NotNull(page.Session);
        await page.PostedAsync("c1", "in");
    }

    [Fact]
    public async Task A_ticket_is_good_once()
    {
        var ticket = await TicketAsync();
        await EnterAsync(ticket);
        await RefusedAsync(ticket: ticket);
    }

    [Fact]
    public async Task A_ticket_is_good_for_thirty_seconds()
    {
        var (early, late) = (await TicketAsync(), await TicketAsync());
        _api.Host.Clock.Advance(TimeSpan.FromSeconds(29.9));
        await EnterAsync(early);
        _api.Host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await RefusedAsync(ticket: late);
    }

    [Fact]
    public async Task When_it_expires_is_told()
    {
        var answer = (await _host.PostAsync("/tickets")).Is(201);
        Assert.Equal(_api.Host.Clock.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds(), answer.Number("expires"));
        Assert.Equal(43, answer.Text("ticket").Length);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("launch")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_ticket_lets_nobody_in(string ticket) => await RefusedAsync(ticket: ticket);

    [Fact]
    public async Task The_same_person_is_the_same_user_with_each_ticket()
    {
        var first = You(await HelloAsync(await TicketAsync("user-17", "Aoi")));
        var second = You(await HelloAsync(await TicketAsync("user-17", "another-name-by-now")));
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("Aoi", second.GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Two_persons_of_one_name_are_told_apart()
    {
        var names = new List<string?>();
        for (var i = 1; i <= 10; i++)
            names.Add(You(await HelloAsync(await TicketAsync($"user-{i}", "Aoi"))).GetProperty("nick").GetString());
        Assert.Equal(["Aoi", .. Enumerable.Range(2, 8).Select(n => $"Aoi-{n}")], names[..9]);
        Assert.StartsWith("guest-", names[9]);
    }

    [Fact]
    public async Task A_name_that_leaves_no_place_for_a_number_gives_way_to_a_provisional_one()
    {
        var longest = new string('a', 64);
        await TicketAsync("user-1", longest);
        Assert.StartsWith("guest-", You(await HelloAsync(await TicketAsync("user-2", longest))).GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Without_a_person_each_ticket_is_for_somebody_new_unless_the_page_knows_who_it_is()
    {
        var page = await EnterAsync(await TicketAsync());
        await page.PostedAsync("c1", "who am I?");
        var again = await HelloAsync(await TicketAsync(), page.Session);
        Assert.NotNull(You(again).GetProperty("id").GetString());
        Assert.Null(You(await HelloAsync(await TicketAsync())).GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_hosts_word_counts_more_than_what_a_page_has_kept()
    {
        var bob = await EnterAsync(await TicketAsync("bob", "bob"));
        var welcome = await HelloAsync(await TicketAsync("aoi", "aoi"), bob.Session);
        Assert.Equal("aoi", You(welcome).GetProperty("nick").GetString());
        Assert.NotEqual(bob.Session, welcome.GetProperty("session").GetString());
    }

    [Fact]
    public async Task A_session_of_a_person_comes_back_over_WebSocket_and_HTTP_as_long_as_the_server_runs()
    {
        var page = await EnterAsync(await TicketAsync("user-17", "Aoi"));
        Assert.Equal("Aoi", You(await HelloAsync(session: page.Session)).GetProperty("nick").GetString());
        using var script = new ApiClient(_api.Url, page.Session);
        Assert.Equal("Aoi", (await script.GetAsync("/me")).Is(200).Body.GetProperty("you").GetProperty("nick").GetString());

        // Another start of the server, on the same data: nothing there opens it.
        Assert.Null(await _api.Context.Store.FindCredentialAsync(Server.Sessions.SessionToken.Parse(page.Session!)!.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task A_page_cannot_make_its_host_forget_whom_it_shows()
    {
        var page = await EnterAsync(await TicketAsync("user-17", "Aoi"));
        using var script = new ApiClient(_api.Url, page.Session);
        foreach (var path in new[] { "/sessions", "/sessions/current", $"/sessions/{Guid.CreateVersion7()}" })
            (await script.DeleteAsync(path)).Refused(403, "forbidden");
        (await script.GetAsync("/sessions")).Refused(403, "forbidden");
        Assert.Equal("Aoi", You(await HelloAsync(await TicketAsync("user-17"))).GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Only_who_holds_the_launch_token_is_given_one()
    {
        var page = await EnterAsync(await TicketAsync("user-17", "Aoi"));
        using (var guest = new ApiClient(_api.Url, page.Session))
            (await guest.PostAsync("/tickets")).Refused(403, "forbidden");
        using (var nobody = new ApiClient(_api.Url))
            (await nobody.PostAsync("/tickets")).Refused(401, "login_required");
        using (var wrong = new ApiClient(_api.Url, "lunch"))
            (await wrong.PostAsync("/tickets")).Refused(401, "login_required");
    }

    [Fact]
    public async Task Where_nobody_needs_one_none_is_given()
    {
        await using var open = await ApiHost.StartAsync(Access.Guests, "launch");
        using var host = new ApiClient(open.Url, "launch");
        (await host.PostAsync("/tickets")).Refused(401, "login_required");
        using var guest = await open.GuestAsync("ann");
        (await guest.PostAsync("/tickets")).Refused(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"person":""}""", 400, "bad_request")]
    [InlineData("""{"person":17}""", 400, "bad_request")]
    [InlineData("""{"person":"p","nick":"a b"}""", 400, "bad_nick")]
    [InlineData("""{"nick":"#"}""", 400, "bad_nick")]
    [InlineData("[]", 400, "bad_request")]
    public async Task What_is_wrong_with_a_wish_is_said_at_once(string body, int status, string code) =>
        (await _host.SendAsync(HttpMethod.Post, "/tickets", System.Text.Encoding.UTF8.GetBytes(body), null, "application/json")).Refused(status, code);

    [Fact]
    public async Task A_persons_id_has_a_bound_in_bytes()
    {
        await TicketAsync(new string('あ', 42) + "xx");
        (await _host.PostAsync("/tickets", new { person = new string('あ', 43) })).Refused(400, "bad_request");
    }

    private static JsonElement You(JsonElement welcome) => welcome.GetProperty("you");

    private async Task<string> TicketAsync(string? person = null, string? nick = null)
    {
        var wish = new Dictionary<string, string?> { ["person"] = person, ["nick"] = nick }.Where(w => w.Value is not null).ToDictionary();
        return (await _host.PostAsync("/tickets", wish)).Is(201).Text("ticket");
    }

    private async Task<WsClient> EnterAsync(string ticket)
    {
        var page = _api.Host.WebSocket();
        await page.HelloAsync(ticket: ticket);
        return page;
    }

    private async Task<JsonElement> HelloAsync(string? ticket = null, string? session = null)
    {
        using var page = _api.Host.WebSocket();
        return await page.HelloAsync(session, ticket: ticket);
    }

    private async Task RefusedAsync(string ticket)
    {
        using var page = _api.Host.WebSocket();
        await page.SendAsync(new { op = "hello", ver = 1, auth = new { ticket } });
        Assert.Equal("login_required", (await page.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(4003, await page.ClosedAsync());
    }
}
