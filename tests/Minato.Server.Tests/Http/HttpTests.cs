using System.Net.WebSockets;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http;

/// <summary>What a browser, a proxy or a stranger's page meets.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1:PORT", 200)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("localhost", 200)]
    [InlineData("[::1]:PORT", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("evil.example:PORT", 400)]
    [InlineData("127.0.0.1.evil.example:PORT", 400)]
    [InlineData("192.0.2.1:PORT", 400)]
    public async Task Only_this_machines_own_names_are_answered_to(string host, int status)
    {
        var answer = await _server.RequestAsync($"GET /healthz HTTP/1.1\nHost: {host.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal)}\n\n");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status, (await _server.RequestAsync(Upgrade(host.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal)))).Status is 101 ? 200 : 400);
    }

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/nothing-here", 404)]
    public async Task Every_answer_keeps_pages_apart(string path, int status)
    {
        var (actual, headers, _) = await _server.RequestAsync($"GET {path} HTTP/1.1\nHost: localhost\n\n");
        Assert.Equal(status, actual);
        Assert.Contains("default-src 'none'", headers["Content-Security-Policy"]);
        Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"]);
        Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Equal("same-origin", headers["Cross-Origin-Resource-Policy"]);
        Assert.False(headers.ContainsKey("Server"));
        Assert.False(headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("chat.test:8080", false)]
    public async Task Windows_are_kept_apart_where_browsers_can(string host, bool isTrustworthy)
    {
        await using var server = await RunningServer.StartAsync(o => o with { Access = Access.Guests, PublicUrl = new Uri("http://chat.test") });
        var (status, headers, _) = await server.RequestAsync($"GET /healthz HTTP/1.1\nHost: {host}\n\n");
        Assert.Equal((200, isTrustworthy), (status, headers.ContainsKey("Cross-Origin-Opener-Policy")));
    }

    [Theory]
    [InlineData("Forwarded: for=192.0.2.1")]
    [InlineData("X-Forwarded-For: 192.0.2.1")]
    [InlineData("X-Real-IP: 192.0.2.1")]
    [InlineData("Via: 1.1 proxy")]
    public async Task What_came_through_a_proxy_is_refused_where_guests_are_let_in_and_only_there(string header)
    {
        Assert.Equal(403, (await _server.RequestAsync($"GET /healthz HTTP/1.1\nHost: localhost\n{header}\n\n")).Status);
        Assert.Equal(403, (await _server.RequestAsync(Upgrade("localhost", header))).Status);
        await using var closed = await RunningServer.StartAsync(Access.Token);
        Assert.Equal(200, (await closed.RequestAsync($"GET /healthz HTTP/1.1\nHost: localhost\n{header}\n\n")).Status);
        Assert.Equal(101, (await closed.RequestAsync(Upgrade("localhost", header))).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT", 101)]
    [InlineData("http://localhost:PORT", 403)] // another origin than the Host that was asked
    [InlineData("https://127.0.0.1:PORT", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData("http://127.0.0.1:PORT.evil.example", 403)]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("file://", 403)]
    public async Task A_page_may_connect_only_to_where_it_came_from(string origin, int status) =>
        Assert.Equal(status, (await _server.RequestAsync(Upgrade($"127.0.0.1:{_server.Port}", $"Origin: {origin.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal)}"))).Status);

    [Fact]
    public async Task Programs_send_no_origin_and_are_let_in() => Assert.Equal(101, (await _server.RequestAsync(Upgrade("localhost"))).Status);

    [Fact]
    public async Task An_upgrade_without_the_protocol_or_the_version_names_what_is_spoken()
    {
        foreach (var line in new[] { "Sec-WebSocket-Protocol: minato.v1", "Sec-WebSocket-Version: 13" })
        {
            var without = await _server.RequestAsync(Upgrade("localhost").Replace(line, "X-Nothing: 1", StringComparison.Ordinal));
            Assert.Equal(426, without.Status);
            Assert.Equal("websocket", without.Headers["Upgrade"]);
            Assert.Equal(line.Split(": ")[1], without.Headers[line.Split(':')[0]]);
        }
        Assert.Equal(426, (await _server.RequestAsync(Upgrade("localhost").Replace("Protocol: minato.v1", "Protocol: chat, soap", StringComparison.Ordinal))).Status);
        Assert.Equal(101, (await _server.RequestAsync(Upgrade("localhost").Replace("Protocol: minato.v1", "Protocol: chat, minato.v1", StringComparison.Ordinal))).Status);
        Assert.Equal(400, (await _server.RequestAsync("GET /ws HTTP/1.1\nHost: localhost\n\n")).Status);
        Assert.Equal(405, (await _server.RequestAsync("POST /ws HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n")).Status);
    }

    [Fact]
    public async Task An_upgrade_as_the_second_request_of_a_connection_works_as_well()
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await raw.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((200, "ok\n"), (await RunningServer.ReadAsync(raw)) is var (status, _, body) ? (status, body) : default);
        await raw.SendAsync(Upgrade("localhost").ReplaceLineEndings("\r\n"));
        var upgraded = await RunningServer.ReadAsync(raw);
        Assert.Equal((101, "minato.v1"), (upgraded.Status, upgraded.Headers["Sec-WebSocket-Protocol"]));
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", upgraded.Headers["Sec-WebSocket-Accept"]); // RFC 6455, 1.3

        using var through = WsClient.Over(raw.Stream);
        await through.HelloAsync();
        using var other = await WsClient.ConnectAsync(_server.Url);
        await other.HelloAsync();
        Assert.Equal("ok", WsClient.Op(await through.PostedAsync("c", new string('x', 16 * 1024))));
        await other.PostedAsync("c", "and back");
        await through.PostEventAsync("and back");
        await through.SendBytesAsync([1], WebSocketMessageType.Binary);
        Assert.Equal(1003, await through.ClosedAsync());
    }

    [Fact]
    public async Task One_that_was_upgraded_by_Kestrel_is_told_when_the_server_stops()
    {
        using var raw = await RawClient.ConnectAsync(_server.Port);
        await raw.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await RunningServer.ReadAsync(raw);
        await raw.SendAsync(Upgrade("localhost").ReplaceLineEndings("\r\n"));
        await RunningServer.ReadAsync(raw);
        using var through = WsClient.Over(raw.Stream);
        await through.HelloAsync();
        var stopping = _server.DisposeAsync().AsTask();
        await through.NextAsync("bye");
        Assert.Equal(1012, await through.ClosedAsync());
        raw.Dispose();
        await stopping.Within("the server's end");
    }

    [Fact]
    public async Task A_stop_that_is_announced_is_told_to_balancers_and_to_whoever_keeps_a_connection_and_keeps_nobody_out()
    {
        const string IsReady = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";
        using var old = await WsClient.ConnectAsync(_server.Url);
        await old.HelloAsync();
        using var kept = await RawClient.ConnectAsync(_server.Port);
        using var upgraded = await RawClient.ConnectAsync(_server.Port);
        foreach (var raw in new[] { kept, upgraded })
        {
            await raw.SendAsync(IsReady);
            Assert.Equal((200, "ready\n"), (await RunningServer.ReadAsync(raw)) is var (status, _, body) ? (status, body) : default);
        }
        _server.AnnounceStop();

        await kept.SendAsync(IsReady);
        var answer = await RunningServer.ReadAsync(kept);
        Assert.Equal((503, "draining\n", "close"), (answer.Status, answer.Body, answer.Headers["Connection"]));
        Assert.Empty(await kept.ReadToEndAsync());
        Assert.Equal(200, (await _server.RequestAsync("GET /healthz HTTP/1.1\nHost: localhost\n\n")).Status);
        await upgraded.SendAsync(Upgrade("localhost").ReplaceLineEndings("\r\n"));
        Assert.Equal((101, "Upgrade"), (await RunningServer.ReadAsync(upgraded)) is var (switched, headers, _) ? (switched, headers["Connection"]) : default);
        using var through = WsClient.Over(upgraded.Stream);
        await through.HelloAsync();
        using var terminal = await RawClient.ConnectAsync(_server.Port);
        await terminal.SendAsync("still here\n");
        foreach (var client in new[] { old, through })
            await client.PostEventAsync("still here");
    }

    private static string Upgrade(string host, params string[] more) => string.Join('\n', [
        "GET /ws HTTP/1.1", $"Host: {host}", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: minato.v1", .. more, "", ""]);
}
