using System.Net;
using System.Security.Authentication;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

/// <summary>TLS and plain on one port: whatever is inside is detected as it is outside.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private static readonly TestCertificate Certificate = TestCertificate.For("localhost", "127.0.0.1", "chat.example.org", "*.wild.example.org");

    private readonly TempFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { SslOptions = Certificate.Client() });
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = Certificate.WriteTo(_folder);
        _server = await RunningServer.StartAsync(options => options with { TlsCertificate = certificate, TlsKey = key, RateLimits = false }, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _invoker.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Lines_are_spoken_inside_and_end_with_a_goodbye_of_TLS(SslProtocols version)
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        var options = Certificate.Client();
        options.EnabledSslProtocols = version;
        using var inside = await raw.SecureAsync(options);
        await inside.SendAsync("hello\r\n");
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello$", await inside.ReadLineAsync());
        await inside.SendAsync("no line end");
        inside.FinishSending();
        Assert.EndsWith("> no line end\r\n", await inside.ReadTextToEndAsync());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Those_inside_are_told_when_the_server_stops(string version)
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        using var terminal = await raw.SecureAsync(Certificate.Client());
        await terminal.SendAsync("hello\n");
        await terminal.ExpectAsync("hello");
        using var page = await ConnectAsync(version);
        await page.HelloAsync();
        var stopping = _server.DisposeAsync().AsTask();
        await terminal.ExpectAsync("* The server is stopping.");
        await page.NextAsync("bye");
        Assert.Equal(1012, await page.ClosedAsync());
        terminal.Dispose();
        page.Dispose();
        await stopping.Within("the server's end");
    }

    [Fact]
    public async Task Older_versions_are_refused()
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        // A ClientHello of TLS 1.1 as OpenSSL sends it, by the wire: the client's own library refuses to.
        byte[] hello = [0x01, 0, 0, 43, 0x03, 0x02, .. new byte[32], 0, 0, 4, 0xc0, 0x14, 0x00, 0x35, 1, 0];
        await raw.SendAsync([0x16, 0x03, 0x01, 0, (byte)hello.Length, .. hello]);
        Assert.Equal([0x15, 0x03], (await raw.ReadToEndAsync())[..2]);
    }

    [Fact]
    public async Task Plain_stays_what_it_is_beside_it()
    {
        using var lines = await RawClient.ConnectAsync(_server.Port);
        await lines.SendAsync("in the clear\n");
        Assert.EndsWith("> in the clear", await lines.ReadLineAsync());
        Assert.Equal(200, (await _server.RequestAsync("GET /healthz HTTP/1.1\nHost: localhost\n\n")).Status);
        using var client = await WsClient.ConnectAsync(_server.Url);
        await client.HelloAsync();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Browsers_agree_on_a_version_of_HTTP(string version)
    {
        using var client = Https();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{_server.Port}/healthz") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(request).Within("the answer");
        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (answer.StatusCode, answer.Version));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_WebSocket_talks_inside_over_either(string version)
    {
        using var client = await ConnectAsync(version);
        await client.HelloAsync();
        Assert.Equal("ok", WsClient.Op(await client.PostedAsync("c", new string('x', 16 * 1024))));
        await client.CloseAsync();
    }

    [Fact]
    public async Task A_page_of_the_clear_is_another_origin_inside()
    {
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => WsClient.ConnectAsync(
            $"https://localhost:{_server.Port}", options =>
            {
                options.RemoteCertificateValidationCallback = Certificate.Client().RemoteCertificateValidationCallback;
                options.SetRequestHeader("Origin", $"http://localhost:{_server.Port}");
            }));
        Assert.Contains("403", refused.Message);
    }

    [Theory]
    [InlineData("chat.example.org", 200)]
    [InlineData("chat.example.org:8443", 200)]
    [InlineData("a.wild.example.org", 200)]
    [InlineData("a.b.wild.example.org", 400)]
    [InlineData("wild.example.org", 400)]
    [InlineData("evil.example", 400)]
    public async Task It_answers_to_the_names_of_its_certificate(string host, int status)
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        using var inside = await raw.SecureAsync(Certificate.Client());
        await inside.SendAsync($"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.Equal(status, (await RunningServer.ReadAsync(inside)).Status);
    }

    [Fact]
    public async Task A_hello_that_drips_for_seconds_is_waited_for()
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        var bytes = 0;
        using var inside = await raw.SecureAsync(Certificate.Client(), socket => new DrippingStream(socket, () =>
        {
            if (bytes++ % 100 == 0)
                _clock.Advance(TimeSpan.FromMilliseconds(500));
        }));
        await inside.SendAsync("slow\n");
        Assert.EndsWith("> slow", await inside.ReadLineAsync());
        Assert.InRange(bytes, 200, 1_500); // one to eight seconds
    }

    [Fact]
    public async Task Three_seconds_of_silence_before_the_hello_are_not_greeted()
    {
        var waiting = _clock.Waiting;
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await Patience.Until(() => _clock.Waiting > waiting, "the connection's deadline is set");
        _clock.Advance(TimeSpan.FromSeconds(3));
        using (var plain = await RawClient.ConnectAsync(_server.Port))
        {
            // Whoever comes later and is answered: the silent one would have been greeted by then.
            await plain.SendAsync("hello\n");
            await plain.ExpectAsync("hello");
        }
        using var inside = await raw.SecureAsync(Certificate.Client());
        await inside.SendAsync("late\n");
        Assert.EndsWith("> late", await inside.ReadLineAsync());
    }

    [Theory]
    [InlineData("before")]
    [InlineData("amid")]
    [InlineData("after")]
    public async Task Ten_seconds_are_all_there_is_however_far_it_came(string when)
    {
        var waiting = _clock.Waiting;
        using var raw = await RawClient.ConnectAsync(_server.Port);
        var stream = raw.Stream;
        if (when == "amid")
            await raw.SendAsync([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
        if (when == "after")
        {
            var inside = await raw.SecureAsync(Certificate.Client());
            await inside.SendAsync("GET /heal");
            stream = inside.Stream;
        }
        await Patience.Until(() => _clock.Waiting > waiting, "the connection's deadline is set");
        for (var second = 0; second < 9; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (when != "before")
                await stream.WriteAsync(new byte[1]); // renews nothing
        }
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        await EndsAsync(stream).Within("the end of one who never said it");
    }

    [Fact]
    public async Task A_large_welcome_and_a_burst_of_history_do_not_make_a_reader_slow()
    {
        var body = new string('x', 16 * 1024);
        using var writer = await WsClient.ConnectAsync(_server.Url);
        await writer.HelloAsync();
        for (var i = 0; i < 300; i++)
            await writer.PostedAsync($"c{i}", body);
        using var reader = await WsClient.ConnectAsync($"https://localhost:{_server.Port}", o => o.RemoteCertificateValidationCallback = Certificate.Client().RemoteCertificateValidationCallback);
        await reader.HelloAsync(resume: new Dictionary<string, long> { ["#lobby"] = 0 });
        for (var seq = 1; seq <= 300; seq++)
            await reader.NextAsync("ev");
        for (var i = 0; i < 20; i++)
            await reader.SendAsync(new { op = "history", rid = $"h{i}", room = "#lobby", before = 1_000, limit = 200 });
        for (var i = 0; i < 20; i++)
            Assert.Equal("history", WsClient.Op(await reader.AnswerAsync($"h{i}")));
        await writer.PostedAsync("last", "after all of it");
        await reader.PostEventAsync("after all of it");
    }

    /// <summary>What many say while the last turn is written goes out in one: here less than queue and buffer hold together, however slow this machine is.</summary>
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_burst_of_many_writers_over_the_queues_bound_makes_nobody_slow(string version)
    {
        var body = new string('x', 16 * 1024);
        using var reader = await ConnectAsync(version);
        await reader.HelloAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async who =>
        {
            using var writer = await WsClient.ConnectAsync(_server.Url);
            await writer.HelloAsync();
            for (var i = 0; i < 28; i++)
                await writer.PostAsync($"c{i}", body);
            for (var i = 0; i < 28; i++)
                await writer.AnswerAsync($"c{i}");
        }).Append(Task.Run(async () =>
        {
            for (var i = 0; i < 112; i++)
                await reader.NextAsync("ev");
        })));
    }

    private async Task<WsClient> ConnectAsync(string version)
    {
        var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.AddSubProtocol("minato.v1");
        socket.Options.HttpVersion = Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Origin", $"https://localhost:{_server.Port}");
        await socket.ConnectAsync(new Uri($"wss://localhost:{_server.Port}/ws"), _invoker, CancellationToken.None).Within("the upgrade");
        return WsClient.Of(socket);
    }

    private static HttpClient Https() => new(new SocketsHttpHandler { SslOptions = Certificate.Client() });

    private static async Task EndsAsync(Stream stream)
    {
        try
        {
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }
}
