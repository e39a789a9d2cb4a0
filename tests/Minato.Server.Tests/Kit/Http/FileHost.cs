using System.Net;
using System.Net.Http.Headers;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Files;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>A server that keeps its data, and so files, in a folder of its own that outlives it.</summary>
public sealed class FileHost : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("minato-files-").FullName;
    private int _cids;

    internal RunningServer Server { get; private set; } = null!;

    internal string Files => Path.Combine(_data, "files");

    internal UploadBounds Bounds { get; init; } = UploadBounds.Default;

    internal TimeProvider? Clock { get; init; }

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(
        options => options with { Memory = false, Data = _data, RateLimits = false, Uploads = Bounds, PasswordIterations = 1 }, Clock);

    internal async Task RestartAsync(Action? meanwhile = null)
    {
        await Server.DisposeAsync();
        meanwhile?.Invoke();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    internal async Task<(User User, ApiClient Api)> PersonAsync(string nick)
    {
        var session = SessionToken.New();
        var user = (await Server.DoAsync<UserChanged>(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, session.Hash))).User;
        return (user, new ApiClient(Server.Url, session.Text) { Nick = nick });
    }

    internal Task<ApiAnswer> UploadAsync(ApiClient api, string room, string name, byte[] bytes, string? cid = null) => api.SendAsync(
        HttpMethod.Post, $"/rooms/{room}/files?name={Uri.EscapeDataString(name)}", bytes, cid ?? $"up-{Interlocked.Increment(ref _cids)}", "application/octet-stream");

    internal async Task<HttpResponseMessage> GetAsync(ApiClient? api, string path, Action<HttpRequestHeaders>? configure = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Server.Url), Timeout = Patience.Long };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (api?.Bearer is { } bearer)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        configure?.Invoke(request.Headers);
        return await http.SendAsync(request);
    }

    internal async Task AssertGoneAsync(ApiClient? api, string path)
    {
        using var answer = await GetAsync(api, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("""{"title":"Not Found","status":404,"code":"no_such_file","detail":"There is no such file, or not any more."}""", await answer.Content.ReadAsStringAsync());
    }

    internal string[] OnDisk() => [.. Directory.GetFiles(Files, "*", SearchOption.AllDirectories)];
}
