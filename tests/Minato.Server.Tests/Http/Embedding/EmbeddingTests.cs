using System.Text.Json;

namespace Minato.Server.Tests.Http.Embedding;

/// <summary>Whose pages may show this server's page in a frame.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task The_origins_that_were_named_and_no_other_may_frame_the_page()
    {
        await using var server = await RunningServer.StartAsync(o => o with
        {
            Access = Access.Token,
            EmbedOrigins = [EmbedOrigin.Parse("http://127.0.0.1:5173"), EmbedOrigin.Parse("tauri://localhost")],
        });
        foreach (var path in new[] { "/", "/healthz", "/nothing-here" })
        {
            var (_, headers, _) = await server.RequestAsync($"GET {path} HTTP/1.1\nHost: localhost\n\n");
            Assert.EndsWith("; frame-ancestors http://127.0.0.1:5173 tauri://localhost", headers["Content-Security-Policy"]);
            // It would forbid every frame, in browsers that go by it.
            Assert.False(headers.ContainsKey("X-Frame-Options"));
        }
    }

    [Theory]
    [InlineData(Access.Token, true)]
    [InlineData(Access.Guests, false)]
    public async Task A_page_in_a_frame_learns_whom_to_ask_and_whether(Access access, bool ticket)
    {
        await using var server = await RunningServer.StartAsync(o => o with { Access = access, EmbedOrigins = [EmbedOrigin.Parse("app://my-app")] });
        var (status, headers, body) = await server.RequestAsync("GET /embed HTTP/1.1\nHost: localhost\n\n");
        Assert.Equal((200, "application/json"), (status, headers["Content-Type"]));
        var terms = JsonDocument.Parse(body).RootElement;
        Assert.Equal("app://my-app", Assert.Single(terms.GetProperty("origins").EnumerateArray()).GetString());
        Assert.Equal(ticket, terms.GetProperty("ticket").GetBoolean());
    }

    [Fact]
    public async Task An_origin_that_may_frame_the_page_may_still_not_speak_to_the_server_itself()
    {
        await using var server = await RunningServer.StartAsync(o => o with { Access = Access.Token, LaunchToken = "launch", EmbedOrigins = [EmbedOrigin.Parse("http://127.0.0.1:5173")] });
        const string From = "Host: localhost\nOrigin: http://127.0.0.1:5173\n";
        Assert.Equal(403, (await server.RequestAsync($"POST /api/v1/tickets HTTP/1.1\n{From}Authorization: Bearer launch\nContent-Length: 0\n\n")).Status);
        Assert.Equal(403, (await server.RequestAsync(
            $"GET /ws HTTP/1.1\n{From}Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Protocol: minato.v1\n\n")).Status);
        Assert.False((await server.RequestAsync($"GET /embed HTTP/1.1\n{From}\n")).Headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5173", "http://127.0.0.1:5173")]
    [InlineData("HTTPS://Chat.Example.ORG:443", "https://chat.example.org")]
    [InlineData("http://[::1]:80", "http://[::1]")]
    [InlineData("tauri://localhost", "tauri://localhost")]
    [InlineData("app://-", "app://-")]
    [InlineData("https://tauri.localhost:65535", "https://tauri.localhost:65535")]
    public void An_origin_is_as_browsers_say_it(string text, string origin) => Assert.Equal(origin, EmbedOrigin.Parse(text).Text);

    [Theory]
    [InlineData("null", "no origin")]
    [InlineData("file:///index.html", "no origin")]
    [InlineData("*", "wildcards")]
    [InlineData("https://*.example.org", "wildcards")]
    [InlineData("http://127.0.0.1:5173/", "nothing after")]
    [InlineData("http://127.0.0.1:5173/chat", "nothing after")]
    [InlineData("http://127.0.0.1:0", "a port if need be")]
    [InlineData("http://127.0.0.1:65536", "a port if need be")]
    [InlineData("http://a b", "a host")]
    [InlineData("http://a; script-src *", "wildcards")]
    [InlineData("http://a;script-src", "a host")]
    [InlineData("http://a\nX: y", "a host")]
    [InlineData("http://a\n", "a host")]
    [InlineData("http://user@a", "a host")]
    [InlineData("localhost:5173", "a scheme")]
    [InlineData("'self'", "a scheme")]
    [InlineData("", "a scheme")]
    public void What_is_none_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(EmbedOrigin.TryParse(text, out _, out var error));
        Assert.Contains(reason, error);
    }
}
