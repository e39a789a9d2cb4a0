using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Minato.Core.Accounts;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Listening;

namespace Minato.Server.Accounts.Passkeys;

// https://www.w3.org/TR/webauthn-3/#sctn-rp-operations
/// <summary>Asks people's authenticators, by way of their browsers, for a new passkey or for a signature, and reads the answers: by the framework's handler.</summary>
internal sealed class Authenticators(IAccountStore store, IVoucherBook vouchers, Pseudonyms pseudonyms)
{
    /// <summary>Of a challenge to whoever stands before the door: it is nobody's yet.</summary>
    private const string Anybody = "";

    // https://www.w3.org/TR/webauthn-3/#enum-transport: what else a browser says is not kept.
    private static readonly string[] Transports = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];

    private readonly Ceremonies _ceremonies = new(vouchers, pseudonyms);

    /// <param name="session">In which it is asked, and in which it must be answered.</param>
    internal async Task<Asked> AskForNewAsync(HttpContext http, PasskeySite site, User user, CredentialId session)
    {
        var holder = new PasskeyHolder(user.Uid) { User = user };
        using var users = Users(new PasskeyHolders(store, holder));
        var entity = new PasskeyUserEntity { Id = holder.Handle, Name = user.Nick, DisplayName = user.Nick };
        var made = await Handler(users, site).MakeCreationOptionsAsync(entity, http);
        return new Asked(await _ceremonies.BeginAsync(session.ToString(), session.ToString(), made.AttestationState!), made.CreationOptionsJson);
    }

    /// <summary>Null: whatever is wrong with it.</summary>
    internal async Task<Passkey?> ReadNewAsync(HttpContext http, PasskeySite site, CredentialId session, string ceremony, string credential)
    {
        if (await _ceremonies.EndAsync(ceremony, session.ToString()) is not { } state)
            return null;
        var holders = new PasskeyHolders(store);
        using var users = Users(holders);
        var result = await Handler(users, site).PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        holders.ThrowTrouble();
        return result is { Succeeded: true, Passkey: { } made }
            ? new Passkey(made.CredentialId, made.PublicKey, made.SignCount, made.IsBackupEligible, made.IsBackedUp, [.. Transports.Intersect(made.Transports ?? [])])
            : null;
    }

    internal async Task<Asked> AskWhoAsync(HttpContext http, PasskeySite site)
    {
        using var users = Users(new PasskeyHolders(store));
        var made = await Handler(users, site).MakeRequestOptionsAsync(user: null, http);
        return new Asked(await _ceremonies.BeginAsync(Anybody, AddressKey.Of(http.Connection.RemoteIpAddress).ToString(), made.AssertionState!), made.RequestOptionsJson);
    }

    /// <summary>Null: it was not asked for, or was answered before.</summary>
    internal async Task<Func<Task<PasskeyProof?>>?> ReadWhoAsync(HttpContext http, PasskeySite site, string ceremony, string credential) =>
        await _ceremonies.EndAsync(ceremony, Anybody) is { } state ? () => ProveAsync(http, site, state, credential) : null;

    private async Task<PasskeyProof?> ProveAsync(HttpContext http, PasskeySite site, string state, string credential)
    {
        var holders = new PasskeyHolders(store);
        using var users = Users(holders);
        var result = await Handler(users, site).PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        holders.ThrowTrouble();
        return result is { Succeeded: true, Passkey: { } used, User.User: { } user }
            ? new PasskeyProof(user, used.CredentialId, used.SignCount, used.IsBackedUp)
            : null;
    }

    private static UserManager<PasskeyHolder> Users(PasskeyHolders holders) => new(holders, null!, null!, null!, null!, null!, null!, null!, null!);

    /// <summary>For one request: the site is not known before.</summary>
    private static PasskeyHandler<PasskeyHolder> Handler(UserManager<PasskeyHolder> users, PasskeySite site) => new(users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = site.Id,
        AuthenticatorTimeout = Ceremonies.Life,
        // Who logs in gives no name, so that the authenticator has to know it, and no password, so that it has to know its owner.
        ResidentKeyRequirement = "required",
        UserVerificationRequirement = "required",
        AttestationConveyancePreference = "none",
        ValidateOrigin = asked => ValueTask.FromResult(asked.Origin == site.Origin && !asked.CrossOrigin && asked.TopOrigin is null),
    }));
}

/// <param name="Options">JSON for the browser.</param>
internal sealed record Asked(string Ceremony, string Options)
{
    /// <summary>Never in a log.</summary>
    public override string ToString() => "…";
}

/// <summary>Somebody's passkey has signed what it was asked to.</summary>
internal sealed record PasskeyProof(User User, byte[] RawId, long SignCount, bool IsBackedUp);
