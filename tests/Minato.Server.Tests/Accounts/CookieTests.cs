using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts;

/// <summary>A page's session, as browsers carry it: by themselves, with whatever goes to this host.</summary>
public sealed class CookieTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private MinatoServer _server = null!;
    private string _cookie = "";

    private string Url => _server.Ready.Url;

    public async ValueTask InitializeAsync()
    {
        _server = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Memory = true, Access = Access.Accounts, PasswordIterations = 1_000 });
        await _server.StartAsync();
        var invitation = _server.OwnerLink!.Split("#invite=")[1];
        using var answer = await SendAsync(HttpMethod.Post, "/accounts", new { nick = "ann", password = "correct horse", invitation, cookie = true }, Url);
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.False((await BodyAsync(answer)).TryGetProperty("session", out _));
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.All(cookies, c => Assert.Matches("^minato-[0-9a-f]{16}(-device)?=[^;]+; max-age=\\d+; path=/; samesite=strict; httponly$", c));
        _cookie = string.Join("; ", cookies.Select(c => c.Split(';')[0]));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_page_reads_and_writes_and_logs_out_by_its_cookie()
    {
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "/me"));
        Assert.Equal(201, await StatusAsync(HttpMethod.Post, "/rooms/lobby/messages", Url));
        using var answer = await SendAsync(HttpMethod.Delete, "/sessions/current", null, Url);
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith(_cookie.Split('=')[0] + "=;", StringComparison.Ordinal));
        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "/me"));
    }

    [Theory]
    [InlineData("http://evil.example", null, 403)]
    [InlineData("http://127.0.0.1:1", null, 403)] // another port of the same host: the cookie goes there and comes from there
    [InlineData("null", null, 403)]
    [InlineData(null, "same-site", 403)]
    [InlineData(null, "cross-site", 403)]
    [InlineData(null, null, 401)] // a form of a browser too old to say where it comes from
    public async Task Nobody_else_s_page_changes_anything_by_it(string? origin, string? site, int status)
    {
        Assert.Equal(status, await StatusAsync(HttpMethod.Post, "/rooms/lobby/messages", origin, site));
        Assert.Equal(status, await StatusAsync(HttpMethod.Post, "/tokens", origin, site));
        using var answer = await SendAsync(HttpMethod.Get, "/rooms/lobby/messages", null, Url);
        Assert.Empty((await BodyAsync(answer)).GetProperty("messages").EnumerateArray());
    }

    [Theory]
    [InlineData("own", "welcome")]
    [InlineData("none", "error")] // a program has no cookie; one that sends it is none of ours
    public async Task An_upgrade_of_the_own_page_brings_it(string origin, string op)
    {
        foreach (var unusual in new[] { "", "TE: trailers\r\n" })
        {
            using var client = await RawWebSocket.ConnectAsync(_server.Ready.Port, $"Cookie: {_cookie}\r\n{(origin == "own" ? $"Origin: {Url}\r\n" : "")}{unusual}");
            await client.SendTextAsync("""{"op":"hello","ver":1}""");
            Assert.Equal(op, RawWebSocket.Op(await client.ReadFrameAsync()));
        }
    }

    [Fact]
    public async Task An_upgrade_of_another_page_is_refused_before_anybody_looks_at_its_cookie()
    {
        using var client = await RawClient.ConnectAsync(_server.Ready.Port);
        await client.SendAsync(RawWebSocket.Head(_server.Ready.Port, $"Cookie: {_cookie}\r\nOrigin: http://127.0.0.1:1\r\n"));
        Assert.Equal(403, (await RunningServer.ReadAsync(client)).Status);
    }

    [Fact]
    public async Task What_the_hello_says_counts_before_the_cookie_and_two_cookies_of_one_name_are_none()
    {
        using (var client = await RawWebSocket.ConnectAsync(_server.Ready.Port, $"Cookie: {_cookie}; {_cookie}\r\nOrigin: {Url}\r\n"))
        {
            await client.SendTextAsync("""{"op":"hello","ver":1}""");
            Assert.Equal("error", RawWebSocket.Op(await client.ReadFrameAsync()));
        }
        // A page that still holds a guest's session of earlier days is in by its cookie.
        using var page = await RawWebSocket.ConnectAsync(_server.Ready.Port, $"Cookie: {_cookie}\r\nOrigin: {Url}\r\n");
        await page.SendTextAsync(JsonSerializer.Serialize(new { op = "hello", ver = 1, auth = new { session = new string('A', 43) } }));
        Assert.Equal("welcome", RawWebSocket.Op(await page.ReadFrameAsync()));
    }

    private async Task<int> StatusAsync(HttpMethod method, string path, string? origin = null, string? site = null)
    {
        using var answer = await SendAsync(method, path, method == HttpMethod.Get ? null : new { body = "x", name = "bot", scope = "admin" }, origin, site);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? origin, string? site = null)
    {
        using var request = new HttpRequestMessage(method, $"{Url}/api/v1{path}");
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", site), ("Cookie", _cookie), ("Idempotency-Key", Guid.NewGuid().ToString("N")) })
            if (!string.IsNullOrEmpty(value))
                request.Headers.Add(name, value);
        return await _http.SendAsync(request);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
