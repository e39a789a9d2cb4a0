using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Minato.Server.Http.Api;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>A script over HTTP, written from docs/protocols/http.md alone. Every answer that it gets is held against the server's own description.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly OpenApiDescription Description = new(JsonDocument.Parse(OpenApiEndpoint.Document).RootElement);

    private readonly HttpClient _http;
    private int _cids;

    public ApiClient(string url, string? bearer = null)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(url), Timeout = Patience.Long };
        Bearer = bearer;
        if (bearer is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
    }

    public string? Bearer { get; }

    /// <summary>The nick of one who has a session.</summary>
    public string Nick { get; init; } = "";

    public string Id { get; init; } = "";

    /// <summary>What requests name as their host; null: the address that they go to.</summary>
    public string? Host { init => _http.DefaultRequestHeaders.Host = value; }

    /// <summary>Somebody with a session of their own.</summary>
    public static async Task<ApiClient> GuestAsync(string url, string nick)
    {
        using var nobody = new ApiClient(url);
        var made = (await nobody.PostAsync("/sessions", new { nick })).Is(201);
        return new ApiClient(url, made.Text("session")) { Nick = nick, Id = made.Body.GetProperty("you").GetProperty("id").GetString()! };
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? cid = null) => SendAsync(HttpMethod.Post, path, body, cid);

    public Task<ApiAnswer> PutAsync(string path, object? body = null, string? cid = null) => SendAsync(HttpMethod.Put, path, body, cid);

    public Task<ApiAnswer> PatchAsync(string path, object? body = null, string? cid = null) => SendAsync(HttpMethod.Patch, path, body, cid);

    public Task<ApiAnswer> DeleteAsync(string path, string? cid = null) => SendAsync(HttpMethod.Delete, path, body: null, cid);

    /// <summary>Says something and has the answer.</summary>
    public async Task<ApiAnswer> SayAsync(string text, string room = "lobby", string? cid = null) => (await PostAsync($"/rooms/{room}/messages", new { body = text }, cid)).Is(201);

    public async Task<ApiAnswer> JoinAsync(string room) => (await PutAsync($"/rooms/{room}/members/me")).Is(200);

    /// <param name="cid">One of its own where null, and none where it is empty.</param>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, string? cid = null) =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)), cid, "application/json");

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, byte[]? body, string? cid, string? contentType, Action<HttpRequestMessage>? configure = null, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (method != HttpMethod.Get && cid != "")
            request.Headers.Add("Idempotency-Key", cid ?? $"{Nick}-{Interlocked.Increment(ref _cids)}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }
        configure?.Invoke(request);
        using var response = await _http.SendAsync(request, cancel).Within($"{method} {path}", TimeSpan.FromSeconds(40));
        var text = await response.Content.ReadAsStringAsync(cancel);
        JsonElement? json = text.Length == 0 ? null : JsonDocument.Parse(text).RootElement;
        var answer = new ApiAnswer((int)response.StatusCode, json, response.Headers, response.Content.Headers);
        var contradiction = Description.Contradict(method.Method, "/api/v1" + path, answer.Status, response.Content.Headers.ContentType?.MediaType, json);
        Assert.True(contradiction is null, $"{method} {path} answered {answer.Status} {text}: {contradiction}");
        return answer;
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What a request was answered with.</summary>
internal sealed record ApiAnswer(int Status, JsonElement? Json, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Body => Json!.Value;

    public long Seq => Number("seq");

    public long Number(string name) => Body.GetProperty(name).GetInt64();

    public string Text(string name) => Body.GetProperty(name).GetString()!;

    public bool Flag(string name) => Body.TryGetProperty(name, out var value) && value.GetBoolean();

    public JsonElement[] List(string name) => [.. Body.GetProperty(name).EnumerateArray()];

    /// <summary>The bodies of a page's messages or events.</summary>
    public string[] Bodies(string list = "messages") => [.. List(list).Where(m => m.TryGetProperty("body", out _)).Select(m => m.GetProperty("body").GetString()!)];

    public ApiAnswer Is(int status)
    {
        Assert.True(Status == status, $"{Status}, not {status}: {Json}");
        return this;
    }

    public ApiAnswer Refused(int status, string code)
    {
        Is(status);
        Assert.Equal(code, Text("code"));
        Assert.Equal(status, Number("status"));
        Assert.Equal(Body.TryGetProperty("retryAfter", out var wait), Headers.RetryAfter is not null);
        if (Headers.RetryAfter?.Delta is { } after)
            Assert.Equal(after.TotalSeconds, Math.Ceiling(wait.GetInt64() / 1000.0));
        return this;
    }
}
