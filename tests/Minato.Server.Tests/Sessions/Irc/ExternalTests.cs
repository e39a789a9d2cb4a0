using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Minato.Core.Accounts;
using Minato.Server.Accounts;
using Minato.Server.Operating;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>IRC inside TLS: logging in by a certificate, and being told to come that way. https://ircv3.net/specs/extensions/sts</summary>
public sealed class ExternalTests : IAsyncLifetime
{
    private static readonly TestCertificate Own = TestCertificate.For("localhost");
    private static readonly X509Certificate2 Alices = Make("alice"), Strangers = Make("stranger");

    private readonly TempFolder _folder = new();
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = Own.WriteTo(_folder);
        _server = await RunningServer.StartAsync(options => options with
        {
            TlsCertificate = certificate,
            TlsKey = key,
            RateLimits = false,
            Access = Access.Guests,
            PasswordIterations = 1_000,
            IrcSts = TimeSpan.FromDays(30),
        });
        await _server.DoAsync<Core.Commands.Outcome>(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null));
        using var alice = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(_server.Port), "alice");
        Assert.Contains(":irc.minato REGISTER SUCCESS alice :The account is yours", await alice.DoAsync("REGISTER * * passphrase"));
        var answer = await MakeTokenAsync("alice", Convert.ToHexString(Alices.GetCertHash(HashAlgorithmName.SHA256)));
        Assert.Equal((null, null, CredentialId.Of(CertificateFingerprint.Of(Alices).Hash).Value), (answer.Error, answer.Token, answer.Id));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("+", true)]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public async Task EXTERNAL_lets_in_whose_certificate_it_is(string authorize, bool isRight)
    {
        using var client = await ConnectAsync(Alices);
        Assert.Contains("sasl=PLAIN,SCRAM-SHA-256,EXTERNAL ", (await client.DoAsync("CAP LS 302"))[0]);
        var message = authorize == "+" ? "+" : Convert.ToBase64String(Encoding.UTF8.GetBytes(authorize));
        var lines = await client.DoAsync("AUTHENTICATE EXTERNAL", $"AUTHENTICATE {message}");
        Assert.Equal(isRight ? ":irc.minato 900 * alice!u@host alice :You are now logged in as alice" : ":irc.minato 904 * :SASL authentication failed", lines[1]);
        if (isRight)
            Assert.StartsWith(":irc.minato 001 alice ", (await client.DoAsync("NICK x", "USER u 0 * :x", "CAP END"))[0]);
    }

    [Fact]
    public async Task The_operator_enters_a_certificate_once_and_nothing_else_in_its_place()
    {
        Assert.StartsWith("A certificate is named by its SHA-256", (await MakeTokenAsync("alice", "alice.pem")).Error);
        Assert.StartsWith("alice logs in by this certificate already.", (await MakeTokenAsync("alice", Convert.ToHexString(Alices.GetCertHash(HashAlgorithmName.SHA256)))).Error);
    }

    [Fact]
    public async Task A_certificate_of_nobody_is_904_and_who_shows_none_is_not_offered_it()
    {
        using var stranger = await ConnectAsync(Strangers);
        Assert.Equal(["AUTHENTICATE +", ":irc.minato 904 * :SASL authentication failed"], await stranger.DoAsync("AUTHENTICATE EXTERNAL", "AUTHENTICATE +"));
        using var bare = await ConnectAsync(certificate: null);
        Assert.StartsWith(":irc.minato 908 * PLAIN,SCRAM-SHA-256 :", (await bare.DoAsync("AUTHENTICATE EXTERNAL"))[0]);
        // Whoever says that they speak HTTP is not asked, whatever they then say.
        using var page = await ConnectAsync(Alices, "http/1.1");
        Assert.StartsWith(":irc.minato 908 * PLAIN,SCRAM-SHA-256 :", (await page.DoAsync("AUTHENTICATE EXTERNAL"))[0]);
        using var named = await ConnectAsync(Alices, "irc");
        Assert.Equal(["AUTHENTICATE +"], await named.DoAsync("AUTHENTICATE EXTERNAL"));
    }

    [Fact]
    public async Task What_is_revoked_lets_nobody_in_and_ends_the_connection()
    {
        using var client = await ConnectAsync(Alices);
        await client.DoAsync("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +", "NICK x", "USER u 0 * :x", "CAP END");
        await _server.DoAsync<Core.Commands.Outcome>(new WithdrawToken(CredentialId.Of(CertificateFingerprint.Of(Alices).Hash)));
        Assert.EndsWith("ERROR :Closing link: Your login was ended\r\n", await client.Raw.ReadTextToEndAsync());
    }

    [Fact]
    public async Task Whoever_is_logged_in_adds_the_certificate_that_they_have_shown_and_lists_and_deletes_their_own()
    {
        var fingerprint = Convert.ToHexString(Strangers.GetCertHash(HashAlgorithmName.SHA256));
        using var bob = await ConnectAsync(Strangers);
        await bob.DoAsync("NICK bob", "USER u 0 * :x");
        Assert.Equal([":irc.minato FAIL CERT ACCOUNT_REQUIRED :You have no account here"], await bob.DoAsync("CERT ADD"));
        await bob.DoAsync("REGISTER * * passphrase");
        for (var i = 0; i < 2; i++)
            Assert.Equal([$":irc.minato NOTE CERT ADDED {fingerprint} :You log in by this certificate, by SASL EXTERNAL"], await bob.DoAsync("CERT ADD"));
        Assert.Equal(
            [$":irc.minato NOTE CERT LISTED {fingerprint} :You log in by this certificate", ":irc.minato NOTE CERT END_OF_LIST :End of your certificates"],
            await bob.DoAsync("CERT LIST"));

        using var again = await ConnectAsync(Strangers);
        Assert.Contains(":irc.minato 900 * bob!~u@host bob :You are now logged in as bob", await again.DoAsync("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +"));
        await again.DoAsync("NICK x", "USER u 0 * :x", "CAP END");
        Assert.StartsWith(":irc.minato FAIL CERT LOGIN_REQUIRED ", Assert.Single(await again.DoAsync($"CERT DEL {fingerprint}")));
        Assert.Equal([$":irc.minato NOTE CERT DELETED {fingerprint} :This certificate lets nobody in any more"], await bob.DoAsync($"CERT DEL {fingerprint}"));
        Assert.EndsWith("ERROR :Closing link: Your login was ended\r\n", await again.Raw.ReadTextToEndAsync());
        Assert.StartsWith(":irc.minato FAIL CERT NO_SUCH_CERTIFICATE ", Assert.Single(await bob.DoAsync($"CERT DEL {fingerprint}")));
        Assert.Equal([":irc.minato NOTE CERT END_OF_LIST :End of your certificates"], await bob.DoAsync("CERT LIST"));
    }

    [Fact]
    public async Task Another_accounts_certificate_is_not_added_nor_one_that_was_not_shown()
    {
        using var eve = await ConnectAsync(Alices);
        await eve.DoAsync("NICK eve", "USER u 0 * :x", "REGISTER * * passphrase");
        Assert.StartsWith(":irc.minato FAIL CERT IN_USE ", Assert.Single(await eve.DoAsync("CERT ADD")));
        Assert.StartsWith(":irc.minato FAIL CERT NO_SUCH_CERTIFICATE ", Assert.Single(await eve.DoAsync($"CERT DEL {Convert.ToHexString(Alices.GetCertHash(HashAlgorithmName.SHA256))}")));
        using var bare = await ConnectAsync(certificate: null);
        await bare.DoAsync("NICK bare", "USER u 0 * :x", "REGISTER * * passphrase");
        Assert.StartsWith(":irc.minato FAIL CERT NO_CERTIFICATE ", Assert.Single(await bare.DoAsync($"CERT ADD {Convert.ToHexString(Strangers.GetCertHash(HashAlgorithmName.SHA256))}")));
        Assert.StartsWith(":irc.minato FAIL CERT BAD_FINGERPRINT ", Assert.Single(await bare.DoAsync("CERT DEL laptop")));
        Assert.StartsWith(":irc.minato FAIL CERT UNKNOWN_SUBCOMMAND ", Assert.Single(await bare.DoAsync("CERT MAKE")));
    }

    [Fact]
    public async Task STS_names_the_port_in_the_clear_and_the_time_inside_and_is_nothing_to_ask_for()
    {
        using var clear = new IrcClient(await RawClient.ConnectAsync(_server.Port), "x");
        Assert.EndsWith($" sts=port={_server.Port}", (await clear.DoAsync("CAP LS 302"))[^1]);
        Assert.DoesNotContain("sts", string.Concat(await clear.DoAsync("CAP LS")).Split(' '));
        using var inside = await ConnectAsync(certificate: null);
        Assert.EndsWith(" sts=duration=2592000", (await inside.DoAsync("CAP LS 302"))[^1]);
        Assert.Equal([":irc.minato CAP * NAK :sts"], await inside.DoAsync("CAP REQ sts"));
    }

    [Fact]
    public async Task STS_that_is_taken_back_is_so_inside_and_sends_nobody_there()
    {
        var (certificate, key) = Own.WriteTo(_folder);
        await using var server = await RunningServer.StartAsync(options => options with { TlsCertificate = certificate, TlsKey = key, IrcSts = TimeSpan.Zero });
        using var clear = new IrcClient(await RawClient.ConnectAsync(server.Port), "x");
        Assert.DoesNotContain("sts=", string.Concat(await clear.DoAsync("CAP LS 302")), StringComparison.Ordinal);
        using var inside = new IrcClient(await (await RawClient.ConnectAsync(server.Port)).SecureAsync(Own.Client()), "x");
        Assert.EndsWith(" sts=duration=0", (await inside.DoAsync("CAP LS 302"))[^1]);
    }

    [Theory]
    [InlineData("aa", false)]
    [InlineData("{0}", true)]
    [InlineData("AA:{0}", false)]
    public void A_fingerprint_is_64_digits_with_or_without_colons(string text, bool isOne)
    {
        var digits = Convert.ToHexString(SHA256.HashData("x"u8));
        Assert.Equal(isOne, CertificateFingerprint.Parse(text.Replace("{0}", digits)) is not null);
        if (isOne)
            Assert.Equal(CertificateFingerprint.Parse(digits)!.Hash, CertificateFingerprint.Parse(string.Join(':', digits.ToLowerInvariant().Chunk(2).Select(c => new string(c))))!.Hash);
    }

    private Task<OperatorAnswer> MakeTokenAsync(string nick, string certificate) =>
        new OperatorTokens(_server.Store, (IAccountStore)_server.Store, _server.DoAsync<Core.Commands.Outcome>, TimeProvider.System)
            .AnswerAsync(new OperatorRequest("token.make") { User = nick, Name = "laptop", Scope = "write", Certificate = certificate });

    private async Task<IrcClient> ConnectAsync(X509Certificate2? certificate, params string[] protocols)
    {
        var raw = await RawClient.ConnectAsync(_server.Port);
        var options = Own.Client(protocols);
        options.ClientCertificates = certificate is null ? null : new X509CertificateCollection { certificate };
        return new IrcClient(await raw.SecureAsync(options), "x");
    }

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
