using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Passkeys that are none: each is refused in the same words, and nothing comes of it.</summary>
public sealed class BadPasskeyTests
{
    private const string Evil = "http://evil.example";

    /// <summary>An authenticator told to lie, by what it lies about.</summary>
    public static TheoryData<string> Lies => ["type", "challenge", "origin", "port", "frame", "rp", "presence", "verification", "backup"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task No_passkey_is_made_by_a_lie(string lie)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var liar = new SoftAuthenticator();
        Tell(liar, lie);
        (await page.AddAsync(liar)).Refused(403, "bad_passkey");
        Assert.Empty(await page.ListAsync());
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Nobody_is_let_in_by_a_lie(string lie)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var authenticator = new SoftAuthenticator();
        (await page.AddAsync(authenticator)).Is(201);
        using var nobody = new PasskeyPage(host);
        Tell(authenticator, lie);
        (await nobody.LogInAsync(authenticator)).Refused(403, "bad_passkey");
        (authenticator.Lies, authenticator.Flags) = (new(), SoftAuthenticator.Is.Present | SoftAuthenticator.Is.Verified);
        (await nobody.LogInAsync(authenticator)).Is(201);
    }

    [Fact]
    public async Task Nobody_is_let_in_by_somebody_else_s()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var ben = await host.PersonAsync("ben");
        using var three = Three.New();
        var (anns, bens, unknown) = three;
        using (var page = new PasskeyPage(host, ann))
            (await page.AddAsync(anns)).Is(201);
        using (var page = new PasskeyPage(host, ben))
        {
            (await page.AddAsync(bens)).Is(201);
            // Not even by who is in: what is in use already is nobody else's.
            using var twin = new SoftAuthenticator { RawId = anns.RawId };
            (await page.AddAsync(twin)).Refused(403, "bad_passkey");
            (await page.DeleteAsync(await IdOfAsync(host, ann))).Refused(404, "no_such_credential");
            (await page.RenameAsync(await IdOfAsync(host, ann), "mine")).Refused(404, "no_such_credential");
        }
        using var nobody = new PasskeyPage(host);
        var (annsHandle, annsUid) = (Handle(ann), Guid.Parse(ann.Id));
        bens.Lies = new() { User = annsHandle };
        (await nobody.LogInAsync(bens)).Refused(403, "bad_passkey");
        foreach (var handle in new[] { "", Handle(Guid.NewGuid()), Base64Url.EncodeToString(annsUid.ToByteArray()), new string('A', 10_000) })
        {
            bens.Lies = new() { User = handle };
            (await nobody.LogInAsync(bens)).Refused(403, "bad_passkey");
        }
        bens.Lies = new();
        Assert.Equal(ben.Id, (await nobody.LogInAsync(bens)).Is(201).Body.GetProperty("you").GetProperty("id").GetString());
        // One that was never added: the same words.
        unknown.Make((await AskedAsync(host, ann)).Body.GetProperty("options"), nobody.Origin);
        (await nobody.LogInAsync(unknown)).Refused(403, "bad_passkey");
        anns.Lies = new() { Signature = RandomNumberGenerator.GetBytes(70) };
        (await nobody.LogInAsync(anns)).Refused(403, "bad_passkey");
    }

    [Fact]
    public async Task What_was_asked_for_is_answered_once()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var authenticator = new SoftAuthenticator();
        var asked = (await page.AskForNewAsync()).Is(201);
        var made = authenticator.Make(asked.Body.GetProperty("options"), page.Origin);
        var id = (await page.AddAsync(asked.Text("ceremony"), made)).Is(201).Text("id");
        (await page.DeleteAsync(id)).Is(204);
        (await page.AddAsync(asked.Text("ceremony"), made)).Refused(403, "bad_passkey");
        (await page.AddAsync(authenticator)).Is(201);

        using var nobody = new PasskeyPage(host);
        var who = (await nobody.AskWhoAsync()).Is(201);
        var signed = authenticator.Sign(who.Body.GetProperty("options"), nobody.Origin);
        (await nobody.LogInAsync(who.Text("ceremony"), signed)).Is(201);
        (await nobody.LogInAsync(who.Text("ceremony"), signed)).Refused(403, "bad_passkey");
        // Nor for what was asked another time, and a wrong answer uses it up as well.
        var other = (await nobody.AskWhoAsync()).Is(201).Text("ceremony");
        (await nobody.LogInAsync(other, signed)).Refused(403, "bad_passkey");
        foreach (var none in new[] { other, "", "x", new string('x', 10_000) })
            (await nobody.LogInAsync(none, signed)).Refused(403, "bad_passkey");
    }

    [Fact]
    public async Task What_was_asked_for_is_answered_in_the_same_session_and_for_the_same_end()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var again = host.As("ann", (await host.LogInAsync("ann")).Is(201));
        using var ben = await host.PersonAsync("ben");
        using var page = new PasskeyPage(host, ann);
        using var authenticator = new SoftAuthenticator();
        var asked = (await page.AskForNewAsync()).Is(201);
        var made = authenticator.Make(asked.Body.GetProperty("options"), page.Origin);
        foreach (var stranger in new[] { ben, again, host.Owner })
        {
            using var other = new PasskeyPage(host, stranger);
            (await other.AddAsync(asked.Text("ceremony"), made)).Refused(403, "bad_passkey");
        }
        using var nobody = new PasskeyPage(host);
        (await nobody.LogInAsync(asked.Text("ceremony"), made)).Refused(403, "bad_passkey");
        (await nobody.AddAsync(asked.Text("ceremony"), made)).Refused(401, "login_required");
        var who = (await nobody.AskWhoAsync()).Is(201);
        (await page.AddAsync(who.Text("ceremony"), made)).Refused(403, "bad_passkey");
        // None of them has used it up.
        (await page.AddAsync(asked.Text("ceremony"), made)).Is(201);
    }

    [Fact]
    public async Task What_was_asked_for_is_answered_within_five_minutes()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var three = Three.New();
        var (late, inTime, _) = three;
        foreach (var (authenticator, minutes) in new[] { (late, 5), (inTime, 4) })
        {
            var asked = (await page.AskForNewAsync()).Is(201);
            var made = authenticator.Make(asked.Body.GetProperty("options"), page.Origin);
            host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            (await page.AddAsync(asked.Text("ceremony"), made)).Is(minutes == 5 ? 403 : 201);
        }
        using var nobody = new PasskeyPage(host);
        foreach (var minutes in new[] { 5, 4 })
        {
            var asked = (await nobody.AskWhoAsync()).Is(201);
            var signed = inTime.Sign(asked.Body.GetProperty("options"), nobody.Origin);
            host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            (await nobody.LogInAsync(asked.Text("ceremony"), signed)).Is(minutes == 5 ? 403 : 201);
        }
    }

    [Fact]
    public async Task A_copy_of_an_authenticator_is_noticed_by_its_count()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var nobody = new PasskeyPage(host);
        using var three = Three.New();
        var (counts, countless, _) = three;
        counts.Count = 7;
        (await page.AddAsync(counts)).Is(201);
        (await nobody.LogInAsync(counts)).Is(201);
        foreach (var count in new uint[] { 7, 6, 0 })
        {
            // As many as before, fewer, or none any more: it counts on by itself before it signs.
            counts.Count = count == 0 ? null : count;
            (await nobody.LogInAsync(counts)).Is(403);
        }
        counts.Count = 8;
        (await nobody.LogInAsync(counts)).Is(201);
        (await page.AddAsync(countless)).Is(201);
        (await nobody.LogInAsync(countless)).Is(201);
        (await nobody.LogInAsync(countless)).Is(201);
    }

    [Fact]
    public async Task One_that_was_given_up_or_whose_owner_was_shut_out_or_has_left_opens_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        using var three = Three.New();
        var (given, shut, gone) = three;
        using var nobody = new PasskeyPage(host);
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        (await page.DeleteAsync((await page.AddAsync(given)).Is(201).Text("id"))).Is(204);
        (await nobody.LogInAsync(given)).Refused(403, "bad_passkey");
        (await page.AddAsync(shut)).Is(201);
        (await host.Owner.PatchAsync($"/accounts/{ann.Id}", new { active = false })).Is(204);
        (await nobody.LogInAsync(shut)).Refused(403, "bad_passkey");
        // As the password, it is good again with the account.
        (await host.Owner.PatchAsync($"/accounts/{ann.Id}", new { active = true })).Is(204);
        using var back = host.As("ann", (await nobody.LogInAsync(shut)).Is(201));
        using (var again = new PasskeyPage(host, back))
            (await again.AddAsync(gone)).Is(201);
        (await back.PostAsync("/me/deletion", new { password = AccountsHost.Password })).Is(204);
        (await nobody.LogInAsync(gone)).Refused(403, "bad_passkey");
    }

    [Fact]
    public async Task Nobody_holds_up_a_passkey_by_wrong_passwords_or_by_wrong_passkeys_from_the_same_address()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        using var nobody = new PasskeyPage(host);
        using var authenticator = new SoftAuthenticator();
        (await page.AddAsync(authenticator)).Is(201);
        for (var i = 0; i < 6; i++)
            await host.LogInAsync("ann", "wrong horse");
        (await nobody.LogInAsync(authenticator)).Is(201);
        authenticator.Lies = new() { RpId = "evil.example" };
        for (var i = 0; i < 220; i++)
        {
            // As many as the pace of requests lets through.
            host.Clock.Advance(TimeSpan.FromMilliseconds(200));
            (await nobody.LogInAsync(authenticator)).Refused(403, "bad_passkey");
        }
        authenticator.Lies = new();
        host.Clock.Advance(TimeSpan.FromMilliseconds(200));
        (await nobody.LogInAsync(authenticator)).Is(201);
    }

    [Fact]
    public async Task An_attestation_cut_off_anywhere_or_with_a_bit_turned_anywhere_is_refused_and_no_more()
    {
        await using var host = await AccountsHost.StartAsync(rateLimits: false);
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        var length = 0;
        for (var cut = 0; cut == 0 || cut < length; cut++)
        {
            using var authenticator = new SoftAuthenticator { Lies = new() { Attestation = whole => whole[..(length = whole.Length, At: cut).At] } };
            (await page.AddAsync(authenticator)).Refused(403, "bad_passkey");
        }
        for (var at = 0; at < length; at++)
        {
            using var authenticator = new SoftAuthenticator { Lies = new() { Attestation = whole => [.. whole[..at], (byte)(whole[at] ^ 0x80), .. whole[(at + 1)..]] } };
            // Some bits, such as an authenticator's model, mean nothing to us.
            Assert.True((await page.AddAsync(authenticator)).Status is 201 or 403 or 409, $"{at}");
        }
        Assert.True(length > 150);
    }

    public static TheoryData<string, string> Rubbish => new()
    {
        { "nothing", "{}" },
        { "of another type", """{"id":1,"rawId":[],"type":{},"response":"x"}""" },
        { "half a pair", """{"id":"AA","type":"\ud800","response":{}}""" },
        { "nested", $$"""{"id":"AA","type":"public-key","response":{{Nested(25)}}}""" },
        { "no base64", """{"id":"*","rawId":"*","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"*","attestationObject":"*","authenticatorData":"*","signature":"*","userHandle":"*"}}""" },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Rubbish_is_refused(string what, string json)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        var body = Encoding.UTF8.GetBytes("{\"name\":\"x\",\"ceremony\":\"" + (await page.AskForNewAsync()).Is(201).Text("ceremony") + "\",\"credential\":" + json + "}");
        var port = new Uri(host.Api.Url).Port;
        var answer = await ann.SendAsync(HttpMethod.Post, "/passkeys", body, null, "application/json", r => r.Headers.Host = $"localhost:{port}");
        Assert.True(answer.Status is 400 or 403, $"{what}: {answer.Status}");
        body = Encoding.UTF8.GetBytes("{\"ceremony\":\"" + (await page.AskWhoAsync()).Is(201).Text("ceremony") + "\",\"credential\":" + json + "}");
        answer = await ann.SendAsync(HttpMethod.Post, "/logins/passkey", body, null, "application/json", r => r.Headers.Host = $"localhost:{port}");
        Assert.True(answer.Status is 400 or 403, $"{what}: {answer.Status}");
    }

    [Theory]
    [InlineData(0x81)] // a list in a list in a list
    [InlineData(0xa1)] // a map as the key of a map
    [InlineData(0xc1)] // a tag of a tag
    [InlineData(0x9f)] // lists without an end
    [InlineData(0xff)]
    public async Task What_is_nested_as_deep_as_a_body_is_long_brings_nobody_down(byte one)
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        using var page = new PasskeyPage(host, ann);
        var deep = Enumerable.Repeat(one, 45_000).ToArray();
        foreach (var mend in new Func<byte[], byte[]>[] { _ => deep, _ => [0xa3, .. "cfmt"u8, .. "dnone"u8, .. "gattStmt"u8, .. deep] })
        {
            using var authenticator = new SoftAuthenticator { Lies = new() { Attestation = mend } };
            (await page.AddAsync(authenticator)).Refused(403, "bad_passkey");
        }
        (await ann.SayAsync("still here")).Is(201);
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_unread()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        var credential = new { id = new string('A', 10 * 1024 * 1024) };
        foreach (var path in new[] { "/passkeys", "/logins/passkey" })
        {
            // Kestrel may close before all was sent.
            try
            {
                (await ann.PostAsync(path, new { ceremony = "x", name = "x", credential })).Refused(413, "request_too_large");
            }
            catch (HttpRequestException)
            {
            }
        }
        (await ann.SayAsync("still here")).Is(201);
    }

    private static void Tell(SoftAuthenticator liar, string lie)
    {
        liar.Lies = lie switch
        {
            "type" => new() { Type = "payment.get" },
            "challenge" => new() { Challenge = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) },
            "origin" => new() { Origin = Evil },
            "port" => new() { Origin = "http://localhost:1" },
            "frame" => new() { TopOrigin = Evil },
            "rp" => new() { RpId = "evil.example" },
            _ => new(),
        };
        liar.Flags = lie switch
        {
            "presence" => SoftAuthenticator.Is.Verified,
            "verification" => SoftAuthenticator.Is.Present,
            "backup" => SoftAuthenticator.Is.Present | SoftAuthenticator.Is.Verified | SoftAuthenticator.Is.BackedUp,
            _ => liar.Flags,
        };
    }

    private static string Handle(ApiClient person) => Handle(Guid.Parse(person.Id));

    private static string Handle(Guid uid) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(uid.ToString("n")));

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static async Task<string> IdOfAsync(AccountsHost host, ApiClient person)
    {
        using var page = new PasskeyPage(host, person);
        return (await page.ListAsync())[0].GetProperty("id").GetString()!;
    }

    private static async Task<ApiAnswer> AskedAsync(AccountsHost host, ApiClient person)
    {
        using var page = new PasskeyPage(host, person);
        return (await page.AskForNewAsync()).Is(201);
    }

    private sealed record Three(SoftAuthenticator First, SoftAuthenticator Second, SoftAuthenticator Third) : IDisposable
    {
        public static Three New() => new(new(), new(), new());

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Third.Dispose();
        }
    }
}
