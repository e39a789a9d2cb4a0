using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minato.Server.Tests;

/// <summary>The server's page at http://localhost, as far as passkeys go, in the hands of somebody or of nobody yet.</summary>
internal sealed class PasskeyPage : IDisposable
{
    private readonly ApiClient _client;

    /// <param name="host">The name by which the page was opened.</param>
    /// <param name="openedAt">Where it was opened, if a balancer leads its requests elsewhere; null: where they go.</param>
    public PasskeyPage(string url, string? session, string host = "localhost", string? openedAt = null)
    {
        var port = new Uri(openedAt ?? url).Port;
        Origin = $"http://{host}:{port}";
        _client = new ApiClient(url, session) { Host = $"{host}:{port}" };
    }

    public PasskeyPage(AccountsHost server, ApiClient? person = null, string host = "localhost")
        : this(server.Api.Url, person?.Bearer, host)
    {
    }

    public string Origin { get; }

    public Task<ApiAnswer> AskForNewAsync(string password = AccountsHost.Password) => _client.PostAsync("/passkeys/options", new { password });

    public Task<ApiAnswer> AddAsync(string ceremony, JsonObject credential, string name = "laptop") =>
        _client.PostAsync("/passkeys", new { ceremony, credential, name });

    /// <summary>All of it at once.</summary>
    public async Task<ApiAnswer> AddAsync(SoftAuthenticator authenticator, string name = "laptop")
    {
        var asked = (await AskForNewAsync()).Is(201);
        return await AddAsync(asked.Text("ceremony"), authenticator.Make(asked.Body.GetProperty("options"), Origin), name);
    }

    public async Task<JsonElement[]> ListAsync() => (await _client.GetAsync("/passkeys")).Is(200).List("passkeys");

    public Task<ApiAnswer> RenameAsync(string id, string name) => _client.PatchAsync($"/passkeys/{id}", new { name });

    public Task<ApiAnswer> DeleteAsync(string id) => _client.DeleteAsync($"/passkeys/{id}");

    public Task<ApiAnswer> AskWhoAsync() => _client.PostAsync("/logins/passkey/options");

    public Task<ApiAnswer> LogInAsync(string ceremony, JsonObject credential) => _client.PostAsync("/logins/passkey", new { ceremony, credential });

    /// <summary>All of it at once.</summary>
    public async Task<ApiAnswer> LogInAsync(SoftAuthenticator authenticator)
    {
        var asked = (await AskWhoAsync()).Is(201);
        return await LogInAsync(asked.Text("ceremony"), authenticator.Sign(asked.Body.GetProperty("options"), Origin));
    }

    public void Dispose() => _client.Dispose();
}
