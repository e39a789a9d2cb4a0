using System.Net;
using System.Text;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

/// <summary>Connections through a proxy: believed from one that is trusted, and a stranger's words from anybody else.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Header = "PROXY TCP4 203.0.113.7 192.0.2.2 4711 443\r\n";

    private static readonly byte[] Binary = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 12, 203, 0, 113, 7, 192, 0, 2, 2, 0x12, 0x67, 1, 0xbb];
    private static readonly byte[] Local = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x20, 0, 0, 0];

    private readonly LogLines _logs = new();
    private readonly TempFolder _folder = new();
    private RunningServer _server = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_trusted_proxys_header_names_the_peer_and_what_follows_is_served(int version)
    {
        await StartAsync();
        var header = version == 1 ? Encoding.ASCII.GetBytes(Header) : Binary;
        using var lines = await RawClient.ConnectAsync(_server.Port);
        await lines.SendAsync([.. header, .. "hello\n"u8]);
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello$", await lines.ReadLineAsync());
        Assert.Equal($"Information Peer address: 203.0.113.7:4711 (by the proxy {lines.LocalEndPoint})", Assert.Single(_logs.With("by the proxy")));

        using var drip = await RawClient.ConnectAsync(_server.Port);
        foreach (var b in header.Concat("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray()))
            await drip.SendAsync([b]);
        Assert.Equal(200, (await RunningServer.ReadAsync(drip)).Status);
    }

    [Fact]
    public async Task TLS_may_follow_a_header_and_anything_else_inside()
    {
        var certificate = TestCertificate.For("localhost");
        var (file, key) = certificate.WriteTo(_folder);
        await StartAsync(options => options with { TlsCertificate = file, TlsKey = key });
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await raw.SendAsync(Binary);
        using var inside = await raw.SecureAsync(certificate.Client());
        await inside.SendAsync("inside\n");
        Assert.EndsWith("> inside", await inside.ReadLineAsync());
        Assert.Single(_logs.With("203.0.113.7:4711"));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("unknown")]
    [InlineData("nothing")]
    public async Task A_proxy_that_speaks_for_itself_is_served_as_itself(string how)
    {
        await StartAsync();
        using var proxy = await RawClient.ConnectAsync(_server.Port);
        await proxy.SendAsync(how switch { "local" => Local, "unknown" => "PROXY UNKNOWN\r\n"u8.ToArray(), _ => [] });
        await proxy.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await RunningServer.ReadAsync(proxy)).Status);
        Assert.Empty(_logs.With("by the proxy"));
    }

    [Fact]
    public async Task A_health_check_that_connects_and_ends_leaves_nothing()
    {
        await StartAsync();
        using (await RawClient.ConnectAsync(_server.Port))
        {
            // Connects and closes.
        }
        using var check = await RawClient.ConnectAsync(_server.Port);
        await check.SendAsync(Local);
        check.FinishSending();
        Assert.Empty(await check.ReadToEndAsync());
    }

    [Fact]
    public async Task A_header_that_is_none_closes_and_is_logged()
    {
        await StartAsync();
        using var proxy = await RawClient.ConnectAsync(_server.Port);
        await proxy.SendAsync("PROXY TCP4 nobody 192.0.2.2 4711 443\r\nhello\n");
        await EndsAsync(proxy);
        Assert.Single(_logs.With("sent a PROXY header that is none"));
        await HeardNothingAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task From_anybody_else_a_header_is_never_a_message(int version)
    {
        await StartAsync(options => options with { TrustedProxies = [IPNetwork.Parse("192.0.2.0/24")] });
        using var stranger = await RawClient.ConnectAsync(_server.Port);
        await stranger.SendAsync([.. version == 1 ? Encoding.ASCII.GetBytes(Header) : Binary, .. "hello\n"u8]);
        await EndsAsync(stranger);
        Assert.Empty(_logs.With("203.0.113.7"));
        await HeardNothingAsync();
    }

    [Fact]
    public async Task Who_pressed_Enter_and_listens_is_still_a_person()
    {
        var clock = new ManualTime();
        _server = await RunningServer.StartAsync(options => options with { TrustedProxies = [IPNetwork.Parse("192.0.2.0/24")], Access = Access.Guests }, clock);
        using var person = await RawClient.ConnectAsync(_server.Port);
        await person.SendAsync("\r\n");
        using var other = await RawClient.ConnectAsync(_server.Port);
        await other.SendAsync("hello\n");
        await other.ExpectAsync("hello");
        await Patience.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            other.SendAsync("/who\n").GetAwaiter().GetResult();
            return other.ExpectAsync("here").GetAwaiter().GetResult().Contains("2 here", StringComparison.Ordinal);
        }, "the silent one is in the room");
    }

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.7")]
    [InlineData("Forwarded: for=203.0.113.7;proto=https")]
    [InlineData("X-Real-IP: 203.0.113.7")]
    public async Task Forwarding_headers_are_believed_from_a_trusted_proxy_although_guests_are_let_in(string header)
    {
        await StartAsync();
        Assert.Equal(200, (await _server.RequestAsync($"GET /healthz HTTP/1.1\nHost: localhost\n{header}\n\n")).Status);
        Assert.Equal(101, (await _server.RequestAsync(Upgrade(header))).Status);
    }

    [Fact]
    public async Task What_the_client_of_a_header_forwards_itself_is_refused()
    {
        await StartAsync();
        using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync(Header + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
        Assert.Equal(403, (await RunningServer.ReadAsync(client)).Status);
        using var upgrade = await RawClient.ConnectAsync(_server.Port);
        await upgrade.SendAsync(Header + Upgrade("X-Forwarded-For: 127.0.0.1").ReplaceLineEndings("\r\n"));
        Assert.Equal(403, (await RunningServer.ReadAsync(upgrade)).Status);
    }

    [Theory]
    [InlineData("https://localhost", "X-Forwarded-Proto: https", 101)]
    [InlineData("https://localhost", "X-Forwarded-Proto: http", 403)]
    [InlineData("http://localhost", "X-Forwarded-Proto: https", 403)]
    [InlineData("http://localhost", "X-Forwarded-For: 203.0.113.7", 101)]
    [InlineData("https://chat.example.org", "X-Forwarded-For: 203.0.113.7", 101)]
    [InlineData("http://chat.example.org", "X-Forwarded-For: 203.0.113.7", 403)]
    public async Task The_pages_origin_is_that_of_its_side_of_the_proxy(string origin, string header, int status)
    {
        await StartAsync(options => options with { PublicUrl = new Uri("https://chat.example.org") });
        Assert.Equal(status, (await _server.RequestAsync(Upgrade(header, $"Origin: {origin}"))).Status);
        // Kestrel's way to the same answer: the second request of a connection.
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await raw.SendAsync("GET /healthz HTTP/1.1\r\nHost: chat.example.org\r\n\r\n");
        Assert.Equal(200, (await RunningServer.ReadAsync(raw)).Status);
        await raw.SendAsync(Upgrade(header, $"Origin: {origin}").ReplaceLineEndings("\r\n"));
        Assert.Equal(status, (await RunningServer.ReadAsync(raw)).Status);
    }

    [Theory]
    [InlineData("GET /?a=b", "203.0.113.7", null, "https://localhost:8080/?a=b")]
    [InlineData("HEAD /", "203.0.113.7", null, "https://localhost:8080/")]
    [InlineData("GET /", "203.0.113.7", "https://chat.example.org", "https://chat.example.org/")]
    [InlineData("GET /", "127.0.0.9", null, null)]
    [InlineData("POST /", "203.0.113.7", null, null)]
    [InlineData("GET /healthz", "203.0.113.7", null, null)]
    [InlineData("GET /readyz", "203.0.113.7", null, null)]
    [InlineData("GET /metrics", "203.0.113.7", null, null)]
    [InlineData("GET /api/v1/rooms", "203.0.113.7", null, null)]
    [InlineData("GET /openapi/v1.json", "203.0.113.7", null, null)]
    public async Task With_a_certificate_a_page_for_another_machine_is_found_under_https(string request, string peer, string? publicUrl, string? location)
    {
        var (file, key) = TestCertificate.For("localhost").WriteTo(_folder);
        await StartAsync(options => options with { TlsCertificate = file, TlsKey = key, PublicUrl = publicUrl is null ? null : new Uri(publicUrl) });
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await raw.SendAsync($"PROXY TCP4 {peer} 192.0.2.2 4711 443\r\n{request} HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 0\r\n\r\n");
        var status = await raw.ReadLineAsync();
        Assert.Equal(location is not null, status == "HTTP/1.1 308 Permanent Redirect");
        if (location is not null)
            Assert.Equal($"Location: {location}", await raw.ExpectAsync("Location"));
    }

    [Theory]
    [InlineData(true, false, Access.Accounts)]
    [InlineData(false, true, Access.Accounts)]
    [InlineData(false, false, Access.Guests)]
    public async Task Where_others_come_accounts_are_the_default(bool byProxy, bool byName, Access expected)
    {
        _server = await RunningServer.StartAsync(options => options with
        {
            TrustedProxies = byProxy ? [IPNetwork.Parse("192.0.2.1/32")] : [],
            PublicUrl = byName ? new Uri("https://chat.example.org") : null,
        });
        Assert.Equal(expected, _server.Access);
    }

    private async Task StartAsync(Func<MinatoOptions, MinatoOptions>? configure = null) => _server = await RunningServer.StartAsync(
        options => (configure ?? (o => o))(options with { TrustedProxies = [IPNetwork.Parse("127.0.0.1/32")], Access = Access.Guests }), logs: _logs);

    private async Task HeardNothingAsync()
    {
        using var reader = await WsClient.ConnectAsync(_server.Url);
        var welcome = await reader.HelloAsync();
        Assert.Equal(0, welcome.GetProperty("rooms")[0].GetProperty("posts").GetInt64());
    }

    private static async Task EndsAsync(RawClient client)
    {
        try
        {
            Assert.Empty(await client.ReadToEndAsync());
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }

    private static string Upgrade(params string[] more) => string.Join('\n', [
        "GET /ws HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: minato.v1", .. more, "", ""]);
}
