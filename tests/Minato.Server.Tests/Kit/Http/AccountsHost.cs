using Minato.Server.Accounts;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>A server that asks for accounts, with an owner.</summary>
internal sealed class AccountsHost(ApiHost api) : IAsyncDisposable
{
    public const string Password = "correct horse";

    public ApiHost Api { get; } = api;

    public SessionHost Host => Api.Host;

    public ManualTime Clock => Api.Host.Clock;

    public ApiClient Owner { get; private set; } = null!;

    public static async Task<AccountsHost> StartAsync(Access access = Access.Accounts, bool rateLimits = true)
    {
        var host = new AccountsHost(await ApiHost.StartAsync(access, rateLimits: rateLimits));
        var link = await OwnerLink.MakeAsync(host.Api.Context.Log, "http://x", host.Clock);
        host.Owner = await host.SignUpAsync("owner", link.Split('=')[1]);
        return host;
    }

    public ApiClient Nobody() => new(Api.Url);

    public async Task<string> InviteAsync(object? invitation = null) => (await Owner.PostAsync("/invitations", invitation)).Is(201).Text("invitation");

    /// <summary>Somebody with an account and a session.</summary>
    public async Task<ApiClient> PersonAsync(string nick) => await SignUpAsync(nick, await InviteAsync());

    public async Task<ApiClient> SignUpAsync(string nick, string? invitation)
    {
        using var nobody = Nobody();
        return As(nick, (await nobody.PostAsync("/accounts", new { nick, password = Password, invitation = invitation ?? "" })).Is(201));
    }

    public async Task<ApiAnswer> LogInAsync(string nick, string password = Password, string? known = null)
    {
        using var nobody = Nobody();
        return await nobody.PostAsync("/logins", known is null ? new { nick, password } : new { nick, password, known });
    }

    public ApiClient As(string nick, ApiAnswer opened) =>
        new(Api.Url, opened.Text("session")) { Nick = nick, Id = opened.Body.GetProperty("you").GetProperty("id").GetString()! };

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Api.DisposeAsync();
    }
}
