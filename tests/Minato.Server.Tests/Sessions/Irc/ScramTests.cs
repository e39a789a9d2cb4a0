using System.Security.Cryptography;
using System.Text;
using Minato.Core.Accounts;
using Minato.Server.Accounts;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://www.rfc-editor.org/rfc/rfc5802, https://www.rfc-editor.org/rfc/rfc7677, https://ircv3.net/specs/extensions/sasl-3.2</summary>
public sealed class ScramTests
{
    [Fact]
    public async Task Whoever_proves_to_know_the_password_is_logged_in_and_the_server_proves_it_too()
    {
        await using var host = await WithAccountAsync();
        using var client = await BegunAsync(host);
        var attempt = new Attempt("Alice", "correct horse");
        await attempt.RunAsync(client);
        Assert.Equal(
            [":irc.minato 900 * alice!u@host alice :You are now logged in as alice", ":irc.minato 903 * :SASL authentication successful"],
            await client.DoAsync("AUTHENTICATE +"));
        Assert.True(attempt.ServerKnowsIt);
        Assert.StartsWith(":irc.minato 001 alice ", (await client.DoAsync("NICK x", "USER x 0 * :x", "CAP END"))[0]);
    }

    [Fact]
    public async Task The_capability_need_not_be_asked_for()
    {
        await using var host = await WithAccountAsync();
        using var client = new IrcClient(host.Irc(), "x");
        Assert.Equal("AUTHENTICATE +", (await client.DoAsync("CAP LS 302", "AUTHENTICATE SCRAM-SHA-256"))[^1]);
        await new Attempt("alice", "correct horse").RunAsync(client);
        Assert.StartsWith(":irc.minato 903 ", (await client.DoAsync("AUTHENTICATE +"))[^1]);
    }

    [Theory]
    [InlineData("alice", "wrong horse")]
    [InlineData("nobody", "correct horse")]
    public async Task Who_does_not_know_it_is_904_and_may_try_again(string nick, string password)
    {
        await using var host = await WithAccountAsync();
        using var client = await BegunAsync(host);
        Assert.Equal(":irc.minato 904 * :SASL authentication failed", Assert.Single(await new Attempt(nick, password).RunAsync(client)));
        Assert.Equal(["AUTHENTICATE +"], await client.DoAsync("AUTHENTICATE SCRAM-SHA-256"));
        Assert.StartsWith("AUTHENTICATE ", Assert.Single(await new Attempt("alice", "correct horse").RunAsync(client)));
    }

    /// <summary>Or names would be found by asking twice.</summary>
    [Fact]
    public async Task Of_somebody_who_is_not_there_the_same_salt_and_cost_are_shown_each_time_and_like_anothers()
    {
        await using var host = await WithAccountAsync();
        var shown = new List<string>();
        foreach (var nick in new[] { "nobody", "NOBODY", "alice", "alice", "other" })
        {
            using var client = await BegunAsync(host);
            var attempt = new Attempt(nick, "x");
            await attempt.BeginAsync(client);
            shown.Add(attempt.Challenge![(attempt.Challenge!.IndexOf(",s=", StringComparison.Ordinal))..]);
        }
        Assert.Equal(shown[0], shown[1]);
        Assert.Equal(shown[2], shown[3]);
        Assert.Equal(3, shown.Distinct().Count());
        Assert.Single(shown.Select(s => (s.Length, s[s.IndexOf(",i=", StringComparison.Ordinal)..])).Distinct());
    }

    [Fact]
    public async Task Wrong_proofs_are_counted_like_wrong_passwords()
    {
        await using var host = await WithAccountAsync();
        using var client = await BegunAsync(host);
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await new Attempt("alice", "wrong").RunAsync(client);
            await client.DoAsync("AUTHENTICATE SCRAM-SHA-256");
        }
        Assert.StartsWith(":irc.minato 904 * :SASL authentication failed: ", Assert.Single(await new Attempt("alice", "correct horse").RunAsync(client)));
    }

    /// <summary>Somebody who listened has all of it but the password.</summary>
    [Fact]
    public async Task What_was_said_in_one_login_is_worth_nothing_in_another()
    {
        await using var host = await WithAccountAsync();
        using var first = await BegunAsync(host);
        var heard = new Attempt("alice", "correct horse");
        await heard.RunAsync(first);
        using var second = await BegunAsync(host);
        await new Attempt("alice", "x", heard.Nonce).BeginAsync(second);
        Assert.Equal([":irc.minato 904 * :SASL authentication failed"], await second.DoAsync($"AUTHENTICATE {heard.Final}"));
    }

    [Theory]
    [InlineData("n,,n=alice,r=abc", "c=bW9yZQ==")]
    [InlineData("y,,n=alice,r=abc", "c=biws")]
    public async Task Another_binding_than_the_one_begun_with_is_refused(string first, string binding)
    {
        await using var host = await WithAccountAsync();
        using var client = await BegunAsync(host);
        var attempt = new Attempt("alice", "correct horse") { First = first, Binding = binding };
        Assert.Equal([":irc.minato 904 * :SASL authentication failed"], await attempt.RunAsync(client));
    }

    [Theory]
    [InlineData("p=tls-unique,,n=alice,r=abc")]
    [InlineData("n,,m=ext,n=alice,r=abc")]
    [InlineData("n,a=bob,n=alice,r=abc")]
    [InlineData("n,,n=ali=ce,r=abc")]
    [InlineData("n,,n=alice,r=")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task What_is_no_beginning_is_904(string first)
    {
        await using var host = await WithAccountAsync();
        using var client = await BegunAsync(host);
        Assert.Equal([":irc.minato 904 * :SASL authentication failed"], await new Attempt("alice", "correct horse") { First = first }.BeginAsync(client));
    }

    /// <summary>Of an account from before, whose hash has no second part.</summary>
    [Fact]
    public async Task An_older_account_can_use_it_once_its_password_was_given_in_the_clear()
    {
        await using var host = await WithAccountAsync();
        var account = (await host.Accounts.FindAccountAsync("alice", CancellationToken.None))!;
        await host.Context.Log.SubmitAsync(
            new StartSession(account.User, account.PasswordHash, account.PasswordHash.Split(' ')[0], new NewSession(RandomNumberGenerator.GetBytes(32), "old")), lane: null);
        using var client = await BegunAsync(host);
        Assert.Equal([":irc.minato 904 * :SASL authentication failed"], await new Attempt("alice", "correct horse").RunAsync(client));
        await client.DoAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Convert.ToBase64String("\0alice\0correct horse"u8)}");
        using var again = await BegunAsync(host);
        Assert.StartsWith("AUTHENTICATE ", Assert.Single(await new Attempt("alice", "correct horse").RunAsync(again)));
    }

    /// <summary>RFC 7677, 3.</summary>
    [Fact]
    public void The_example_of_the_RFC_is_right()
    {
        var salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");
        var salted = Rfc2898DeriveBytes.Pbkdf2("pencil", salt, 4096, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        var verifier = ScramVerifier.Parse($"SCRAM-SHA-256$4096:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}")!;
        const string Message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        Assert.True(verifier.Accepts(Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), Message));
        Assert.False(verifier.Accepts(Convert.FromBase64String("eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), Message));
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(verifier.Sign(Message)));
    }

    private static async Task<SessionHost> WithAccountAsync()
    {
        var host = new SessionHost(Access.Accounts);
        await host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        Assert.Null((await host.Context.Accounts.Door.SignUpAsync(new NewAccount("alice", "correct horse", null, null, null), null, new Server.Log.Lane())).Refused);
        return host;
    }

    private static async Task<IrcClient> BegunAsync(SessionHost host)
    {
        var client = new IrcClient(host.Irc(), "x");
        Assert.Equal("AUTHENTICATE +", (await client.DoAsync("CAP REQ :sasl", "AUTHENTICATE SCRAM-SHA-256"))[^1]);
        return client;
    }

    /// <summary>A client's side, from the RFC alone.</summary>
    private sealed class Attempt(string nick, string password, string nonce = "fyko+d2lbbFgONRv9qkxdawL")
    {
        public string First { get; init; } = $"n,,n={nick},r={nonce}";

        public string Binding { get; init; } = "c=biws";

        public string? Challenge { get; private set; }

        public string? Final { get; private set; }

        public string Nonce => nonce;

        public bool ServerKnowsIt { get; private set; }

        public async Task<List<string>> BeginAsync(IrcClient client)
        {
            var lines = await client.DoAsync($"AUTHENTICATE {Coded(First)}");
            Challenge = lines[0].StartsWith("AUTHENTICATE ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(lines[0]["AUTHENTICATE ".Length..])) : null;
            return lines;
        }

        public async Task<List<string>> RunAsync(IrcClient client)
        {
            var begun = await BeginAsync(client);
            if (Challenge is not { } challenge)
                return begun;
            var parts = challenge.Split(',').Select(p => p[2..]).ToArray();
            var salted = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(parts[1]), int.Parse(parts[2]), HashAlgorithmName.SHA256, 32);
            var key = HMACSHA256.HashData(salted, "Client Key"u8);
            var unproven = $"{Binding},r={parts[0]}";
            var signed = Encoding.UTF8.GetBytes($"{First[3..]},{challenge},{unproven}");
            var proof = HMACSHA256.HashData(SHA256.HashData(key), signed).Zip(key, (a, b) => (byte)(a ^ b)).ToArray();
            Final = Coded($"{unproven},p={Convert.ToBase64String(proof)}");
            var lines = await client.DoAsync($"AUTHENTICATE {Final}");
            var expected = $"v={Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), signed))}";
            ServerKnowsIt = lines[0] == $"AUTHENTICATE {Coded(expected)}";
            return lines;
        }

        private static string Coded(string text) => text.Length == 0 ? "+" : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }
}
