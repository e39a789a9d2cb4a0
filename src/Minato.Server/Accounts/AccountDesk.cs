using Minato.Core.Accounts;
using Minato.Server.Log;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <summary>All that has to do with accounts, for whoever serves a protocol.</summary>
internal sealed class AccountDesk : IDisposable
{
    private readonly PasswordHashing _hashing;

    private AccountDesk(IAccountStore store, LogWriter log, Admission admission, WorkspaceKeys keys, MinatoOptions options, TimeProvider clock)
    {
        _hashing = new PasswordHashing(options.PasswordIterations);
        Store = store;
        Cookie = new SessionCookie(keys.Instance);
        Door = new Doorkeeper(store, log, admission, _hashing, new GuessLimits(options, clock), new KnownDevices(keys.DeviceKey));
    }

    internal IAccountStore Store { get; }

    internal Doorkeeper Door { get; }

    internal SessionCookie Cookie { get; }

    internal PasswordHashing Hashing => _hashing;

    internal static async Task<AccountDesk> OpenAsync(
        IAccountStore store, LogWriter log, Admission admission, MinatoOptions options, TimeProvider clock) =>
        new(store, log, admission, await store.ReadKeysAsync(CancellationToken.None), options, clock);

    public void Dispose() => _hashing.Dispose();
}
