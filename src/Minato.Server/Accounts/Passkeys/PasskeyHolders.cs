using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Identity;
using Minato.Core.Accounts;

namespace Minato.Server.Accounts.Passkeys;

/// <summary>The store as the framework's handler of passkeys asks it. It only reads here: what changes is a command, like any other.</summary>
/// <param name="asking">Who wants another passkey; null: nobody is known yet.</param>
internal sealed class PasskeyHolders(IAccountStore store, PasskeyHolder? asking = null) : IUserPasskeyStore<PasskeyHolder>
{
    private Exception? _trouble;

    /// <summary>The handler takes whatever goes wrong for a bad passkey; that the store could not be asked is none.</summary>
    internal void ThrowTrouble()
    {
        if (_trouble is not null)
            ExceptionDispatchInfo.Throw(_trouble);
    }

    public Task<string> GetUserIdAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    /// <summary>Whether there is such a user is found out with the passkey.</summary>
    public Task<PasskeyHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(asking ?? PasskeyHolder.Parse(userId));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyHolder user, CancellationToken cancellationToken) => AskAsync<IList<UserPasskeyInfo>>(async () =>
        user.User is { } owner ? [.. (await store.ListPasskeysAsync(owner.Id, cancellationToken)).Select(p => Described(p.Passkey))] : []);

    public Task<PasskeyHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => AskAsync(async () =>
        await store.FindPasskeyAsync(credentialId, cancellationToken) is null ? null : new PasskeyHolder(Guid.Empty));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        if (await store.FindPasskeyAsync(credentialId, cancellationToken) is not var (owner, passkey)
            || await store.FindAccountAsync(owner, cancellationToken) is not { } account || !user.Is(account.User))
            return null;
        user.User = account.User;
        return Described(passkey);
    });

    public void Dispose()
    {
    }

    // Of the attestation nothing is kept: none is asked for.
    private static UserPasskeyInfo Described(Passkey passkey) => new(
        passkey.RawId, passkey.PublicKey, createdAt: default, (uint)passkey.SignCount, [.. passkey.Transports], isUserVerified: true,
        passkey.MayBeBackedUp, passkey.IsBackedUp, attestationObject: [], clientDataJson: []);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e)
        {
            _trouble = e;
            throw;
        }
    }

    // The rest of the interface is about users whom the framework would keep.
    public Task AddOrUpdatePasskeyAsync(PasskeyHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PasskeyHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(PasskeyHolder user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(PasskeyHolder user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
}
