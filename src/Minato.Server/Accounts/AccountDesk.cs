using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Storage;
using Minato.Server.Accounts.Passkeys;
using Minato.Server.Log;
using Minato.Server.Nodes;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <summary>All that has to do with accounts, for whoever serves a protocol.</summary>
internal sealed class AccountDesk : IDisposable
{
    private readonly PasswordHashing _hashing;
    private readonly Uri? _publicUrl;

    private AccountDesk(IAccountStore store, IVoucherBook vouchers, LogWriter log, Admission admission, WorkspaceKeys keys, MinatoOptions options, TimeProvider clock, NodeLink? link)
    {
        _hashing = new PasswordHashing(options.PasswordIterations, options.MinPassword);
        _publicUrl = options.PublicUrl;
        Store = store;
        var pseudonyms = new Pseudonyms(keys.DeviceKey);
        Authenticators = new Authenticators(store, vouchers, pseudonyms);
        Cookie = new SessionCookie(keys.Instance);
        Guesses = new GuessLimits(options, clock, pseudonyms, link?.Guesses);
        if (link is not null)
            link.Guesses.Heard = Guesses.Hear;
        Door = new Doorkeeper(store, log, admission, _hashing, Guesses, new KnownDevices(keys.DeviceKey));
        Keys = new KeyTries(Guesses);
    }

    internal IAccountStore Store { get; }

    internal Doorkeeper Door { get; }

    internal KeyTries Keys { get; }

    internal GuessLimits Guesses { get; }

    internal Authenticators Authenticators { get; }

    internal SessionCookie Cookie { get; }

    internal PasswordHashing Hashing => _hashing;

    /// <param name="link">To other nodes; null: there is none.</param>
    internal static async Task<AccountDesk> OpenAsync(
        IAccountStore store, IVoucherBook vouchers, LogWriter log, Admission admission, MinatoOptions options, TimeProvider clock, NodeLink? link = null) =>
        new(store, vouchers, log, admission, await store.ReadKeysAsync(CancellationToken.None), options, clock, link);

    /// <summary>Null: a page that asks by this request can have no passkeys.</summary>
    internal PasskeySite? PasskeySiteOf(HttpContext http) => PasskeySite.Of(http.Request, _publicUrl);

    public void Dispose() => _hashing.Dispose();
}
