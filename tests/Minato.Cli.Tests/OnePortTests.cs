using System.Globalization;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>One port, spoken to by the programs that people have.</summary>
public sealed class OnePortTests : IAsyncLifetime
{
    private static readonly TestCertificate Certificate = TestCertificate.For("localhost", "127.0.0.1");

    private readonly TempFolder _folder = new();
    private MinatoProcess _server = null!;

    private string Authority => string.Create(CultureInfo.InvariantCulture, $"localhost:{_server.Port}");

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = Certificate.WriteTo(_folder);
        _server = await MinatoProcess.ServeAsync(
            "127.0.0.1:0", "--memory", "--tls-cert", certificate, "--tls-key", key, "--trusted-proxy", "127.0.0.1", "--access", "guests", "--ready-json");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task OpenSSL_speaks_lines_inside_TLS(string version)
    {
        var (_, stdout, stderr) = await Tool.RunAsync(
            "openssl", "hello\n/quit\n", "s_client", "-quiet", "-verify_return_error", "-CAfile", _folder["cert.pem"], version, "-connect", Authority);
        Assert.Matches("(?m)^#lobby <guest-[0-9a-f]{6}> hello$", stdout);
        Assert.DoesNotContain("error", stderr, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whoever took over a session without the key would else log in by SASL EXTERNAL. TLS 1.2 leaves nothing to take over.</summary>
    [Fact]
    public async Task A_session_that_is_taken_up_again_brings_no_certificate()
    {
        const string Said = "CAP LS 302\r\nQUIT\r\n";
        string[] server = ["s_client", "-ign_eof", "-tls1_3", "-connect", Authority];
        var (_, shown, _) = await Tool.RunAsync("openssl", Said, [.. server, "-cert", _folder["cert.pem"], "-key", _folder["key.pem"], "-sess_out", _folder["session"]]);
        Assert.Contains(" sasl=PLAIN,SCRAM-SHA-256,EXTERNAL ", shown);
        Assert.True(File.Exists(_folder["session"]));
        var (_, resumed, _) = await Tool.RunAsync("openssl", Said, [.. server, "-sess_in", _folder["session"]]);
        Assert.Contains(" sasl=PLAIN,SCRAM-SHA-256 ", resumed);
    }

    [Theory]
    [InlineData("-tls1_1")]
    [InlineData("-tls1")]
    public async Task OpenSSL_is_refused_an_older_version(string version)
    {
        var (code, stdout, _) = await Tool.RunAsync("openssl", "hello\n", "s_client", "-quiet", version, "-cipher", "DEFAULT:@SECLEVEL=0", "-connect", Authority);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("hello", stdout);
    }

    [Theory]
    [InlineData("https", "--http1.1", "1.1")]
    [InlineData("https", "--http2", "2")]
    [InlineData("http", "--http1.1", "1.1")]
    [InlineData("http", "--http2", "1.1")] // an upgrade to h2c, which is passed over
    public async Task Curl_reads_over_each_version_of_HTTP(string scheme, string version, string spoken)
    {
        var (code, stdout, _) = await Curl(version, $"{scheme}://{Authority}/healthz");
        Assert.Equal((0, $"ok\n{spoken} 200"), (code, stdout));
    }

    [Fact]
    public async Task Curl_is_told_that_HTTP_2_in_the_clear_is_not_spoken()
    {
        var (code, _, stderr) = await Curl("--http2-prior-knowledge", $"http://{Authority}/healthz");
        Assert.NotEqual(0, code);
        Assert.Contains("GOAWAY, error=13", stderr); // HTTP_1_1_REQUIRED
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Curl_comes_with_a_PROXY_header(string scheme)
    {
        var (code, stdout, _) = await Curl("--haproxy-protocol", $"{scheme}://{Authority}/healthz");
        Assert.Equal((0, "ok\n"), (code, stdout[..3]));
        await _server.ErrorLineAsync("(by the proxy 127.0.0.1:");
    }

    [Fact]
    public async Task The_url_for_a_program_that_starts_it_is_plain_and_on_this_machine()
    {
        Assert.StartsWith("http://127.0.0.1:", _server.Url);
        var (code, stdout, _) = await Curl("--http1.1", _server.Url);
        Assert.Equal(0, code);
        Assert.EndsWith("200", stdout);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_ends_the_start_with_a_sentence()
    {
        File.WriteAllText(_folder["other.pem"], TestCertificate.For("other").Key);
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--memory", "--ready-json", "--tls-cert", _folder["cert.pem"], "--tls-key", _folder["other.pem"]);
        Assert.Equal(1, code);
        Assert.Contains("\"code\":\"certificate\"", stdout);
        Assert.Contains("do not go together", stderr);
        Assert.DoesNotContain("   at ", stderr);
    }

    [Theory]
    [InlineData("--tls-cert", "--tls-key", "key.pem")]
    [InlineData("an address or a network", "--trusted-proxy", "10.0.0.0/33")]
    [InlineData("without a path", "--public-url", "https://chat.example.org/minato")]
    [InlineData("without a path", "--public-url", "chat.example.org")]
    [InlineData("no wildcards", "--embed-origin", "https://*.example.org")]
    [InlineData("has no origin", "--embed-origin", "file:///app/index.html")]
    [InlineData("does not go with an ADDRESS", "--sticky", "my-app")]
    [InlineData("1 to 128 characters", "--sticky", "")]
    [InlineData("is not a time", "--shutdown-delay", "soon")]
    public async Task What_is_written_wrong_is_named(string part, string option, string value)
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--memory", option, value);
        Assert.Equal(2, code);
        Assert.Contains(part, stderr);
    }

    [Fact]
    public async Task The_public_url_is_shown_to_people()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory", "--public-url", "https://chat.example.org");
        await Patience.Until(() => server.Stdout.Contains("Others open https://chat.example.org\n", StringComparison.Ordinal), "the public URL is printed");
        await Patience.Until(() => server.Stdout.Contains("an account is needed", StringComparison.Ordinal), "that others need an account is printed");
    }

    private Task<(int Code, string Stdout, string Stderr)> Curl(string option, string url) => Tool.RunAsync(
        "curl", "", "--silent", "--verbose", "--max-time", "15", "--cacert", _folder["cert.pem"], "--output", "-", "--write-out", "%{http_version} %{http_code}", option, url);
}
