using System.Buffers.Text;
using System.Text.Json;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Passkeys as one makes, keeps and uses them. Those that are refused are in <see cref="BadPasskeyTests"/>.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task Who_has_made_a_passkey_logs_in_by_it_without_a_name()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var authenticator = new SoftAuthenticator();
        var id = (await page.AddAsync(authenticator)).Is(201).Text("id");
        Assert.Equal((id, "laptop", false), Described(Assert.Single(await page.ListAsync())));
        Assert.False((await page.ListAsync())[0].TryGetProperty("used", out _));

        using var nobody = new PasskeyPage(host);
        var opened = (await nobody.LogInAsync(authenticator)).Is(201);
        Assert.Equal(ann.Id, opened.Body.GetProperty("you").GetProperty("id").GetString());
        using var again = host.As("ann", opened);
        (await again.SayAsync("here")).Is(201);
        Assert.True((await page.ListAsync())[0].TryGetProperty("used", out _));
        // And the device is known from now on, as after any login.
        for (var i = 0; i < 6; i++)
            await host.LogInAsync("ann", "wrong horse");
        (await host.LogInAsync("ann")).Refused(429, "rate_limited");
        (await host.LogInAsync("ann", known: opened.Text("known"))).Is(201);
    }

    [Fact]
    public async Task The_options_tell_nobody_who_is_there()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using (var page = new PasskeyPage(host, ann))
        using (var authenticator = new SoftAuthenticator())
            (await page.AddAsync(authenticator)).Is(201);
        using var nobody = new PasskeyPage(host);
        var options = (await nobody.AskWhoAsync()).Is(201).Body.GetProperty("options");
        Assert.Empty(options.GetProperty("allowCredentials").EnumerateArray());
        Assert.Equal(("localhost", "required"), (options.GetProperty("rpId").GetString(), options.GetProperty("userVerification").GetString()));
    }

    [Fact]
    public async Task Whose_password_is_not_known_is_asked_for_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        (await page.AskForNewAsync("wrong horse")).Refused(403, "wrong_login");
        var options = (await page.AskForNewAsync()).Is(201).Body.GetProperty("options");
        Assert.Equal(("ann", "none"), (options.GetProperty("user").GetProperty("name").GetString(), options.GetProperty("attestation").GetString()));
        Assert.Equal("required", options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());
    }

    [Fact]
    public async Task A_token_makes_no_passkey()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var bot = new ApiClient(host.Api.Url, (await ann.PostAsync("/tokens", new { name = "bot", scope = "admin" })).Is(201).Text("token"));
        using var page = new PasskeyPage(host, bot);
        (await page.AskForNewAsync()).Refused(403, "forbidden");
    }

    [Fact]
    public async Task A_passkey_is_named_renamed_and_given_up()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var authenticator = new SoftAuthenticator { Flags = SoftAuthenticator.Is.Present | SoftAuthenticator.Is.Verified | SoftAuthenticator.Is.BackupEligible | SoftAuthenticator.Is.BackedUp };
        var id = (await page.AddAsync(authenticator, "鍵")).Is(201).Text("id");
        Assert.Equal((id, "鍵", true), Described(Assert.Single(await page.ListAsync())));
        (await page.RenameAsync(id, "phone")).Is(204);
        (await page.RenameAsync(id, "two\nlines")).Refused(400, "bad_label");
        Assert.Equal("phone", Described(Assert.Single(await page.ListAsync())).Name);
        // What stands here already is not made twice.
        var excluded = (await page.AskForNewAsync()).Is(201).Body.GetProperty("options").GetProperty("excludeCredentials");
        var known = Assert.Single(excluded.EnumerateArray());
        Assert.Equal(Base64Url.EncodeToString(authenticator.RawId), known.GetProperty("id").GetString());
        Assert.Equal(["internal", "hybrid"], known.GetProperty("transports").EnumerateArray().Select(t => t.GetString()).OrderByDescending(t => t));
        (await page.DeleteAsync(id)).Is(204);
        (await page.DeleteAsync(id)).Refused(404, "no_such_credential");
        (await page.RenameAsync(id, "gone")).Refused(404, "no_such_credential");
        Assert.Empty(await page.ListAsync());
    }

    [Fact]
    public async Task The_twenty_first_is_refused()
    {
        await using var host = await AccountsHost.StartAsync(rateLimits: false);
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        for (var i = 0; i < 20; i++)
        {
            using var one = new SoftAuthenticator();
            (await page.AddAsync(one)).Is(201);
        }
        using var more = new SoftAuthenticator();
        (await page.AddAsync(more)).Refused(409, "too_many");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task An_address_has_no_passkeys_and_says_so(string host)
    {
        await using var server = await AccountsHost.StartAsync();
        using var ann = await server.PersonAsync("ann");
        using var page = new PasskeyPage(server, ann, host);
        (await page.AskForNewAsync()).Refused(400, "no_passkeys_here");
        (await page.AskWhoAsync()).Refused(400, "no_passkeys_here");
        (await page.LogInAsync("x", [])).Refused(400, "no_passkeys_here");
    }

    [Fact]
    public async Task A_program_that_says_who_is_in_has_no_passkeys_either()
    {
        await using var host = await ApiHost.StartAsync(Access.Token, "launch");
        using var nobody = new ApiClient(host.Url, "launch") { Host = $"localhost:{new Uri(host.Url).Port}" };
        (await nobody.PostAsync("/logins/passkey/options")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Whoever_ends_all_other_sessions_stays_and_who_ends_all_does_not()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var other = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        (await ann.DeleteAsync("/sessions?keep=everything")).Refused(400, "bad_request");
        (await ann.DeleteAsync("/sessions?keep=current")).Is(204);
        (await other.GetAsync("/me")).Is(401);
        Assert.Single((await ann.GetAsync("/sessions")).Is(200).List("sessions"));
        (await ann.DeleteAsync("/sessions")).Is(204);
        (await ann.GetAsync("/me")).Is(401);
    }

    private static (string? Id, string? Name, bool IsSynced) Described(JsonElement passkey) =>
        (passkey.GetProperty("id").GetString(), passkey.GetProperty("name").GetString(), passkey.GetProperty("synced").GetBoolean());
}
