using Minato.Core.Accounts;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Server.Sessions.Tickets;

namespace Minato.Server.Sessions;

/// <summary>Who is let in at all, and who that is. docs/security.md says which access is the default where.</summary>
internal sealed class Admission(Access access, string? launchToken, IStore store, IVoucherBook vouchers, TimeProvider clock)
{
    private readonly Secret? _token = launchToken is null ? null : new Secret(launchToken);
    private readonly HostSessions _hostSessions = new(vouchers, launchToken);

    /// <summary>How exactly it is known when a credential was last used: a commit an hour for each, and no more.</summary>
    internal static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    internal Access Access { get; } = access;

    /// <summary>Takes the note that a credential is in use; nobody waits for it.</summary>
    internal Action<NoteUse> OnUse { get; init; } = _ => { };

    internal TicketBook Tickets { get; } = new(vouchers, launchToken, clock);

    /// <summary>Whether somebody without any credential may take part.</summary>
    internal bool LetsGuestsIn => Access == Access.Guests;

    /// <summary>Whether this is the launch token, where that lets in.</summary>
    internal bool Accepts(string token) => _token is not null && _token.Is(token) && Access == Access.Token;

    /// <summary>Who holds this, whatever it is: the launch token, a session, or a personal access token. Null: nobody who is let in.</summary>
    internal async ValueTask<Identity?> FindAsync(string secret)
    {
        if (await FindByTokenAsync(secret) is { } holder)
            return holder;
        if (SessionToken.Parse(secret) is not { } session)
            return null;
        if (await _hostSessions.FindAsync(session) is { } person)
            return await store.FindUserAsync(person, CancellationToken.None) is { } named ? new Identity(named, session) : null;
        // Not known yet, where guests are let in: it becomes theirs with the first thing that lasts.
        return await FindAsync(session.Hash, session, isSession: true) ?? (LetsGuestsIn ? new Identity(null, session) : null);
    }

    /// <summary>The same for a token only, the launch token or a personal access token: never for a session.</summary>
    internal async ValueTask<Identity?> FindByTokenAsync(string secret)
    {
        if (Accepts(secret))
            return new Identity(null, null) { IsHost = true };
        return AccessToken.Parse(secret) is { } token ? await FindAsync(token.Hash, null, isSession: false) : null;
    }

    /// <summary>Whose client's certificate it is; null: nobody's who is let in.</summary>
    internal ValueTask<Identity?> FindAsync(CertificateFingerprint certificate) => FindAsync(certificate.Hash, null, isSession: false);

    internal void Note(Credential credential) => OnUse(new NoteUse(credential.User, credential.Id));

    /// <summary>Whose guest's session it is; null: nobody's yet, or no guest's.</summary>
    internal async ValueTask<User?> FindGuestAsync(SessionToken session) =>
        (await store.FindCredentialAsync(session.Hash, CancellationToken.None))?.User is { Kind: UserKind.Guest } guest ? guest : null;

    /// <summary>Asked once more when the connection can be found and ended: whether what let it in was ended just before.</summary>
    internal async ValueTask<bool> StillHoldsAsync(Identity identity) =>
        identity.Credential is not { } credential || await store.FindCredentialAsync(credential.Hash, CancellationToken.None) is not null;

    private async ValueTask<Identity?> FindAsync(byte[] hash, SessionToken? session, bool isSession)
    {
        if (await store.FindCredentialAsync(hash, CancellationToken.None) is not { } credential || credential.IsSession != isSession)
            return null;
        // Data that was served otherwise before: where accounts are asked for a guest is a stranger, and where a host says who is in, an account.
        if (Access == (credential.User.IsGuest ? Access.Accounts : Access.Token))
            return null;
        var noted = DateTimeOffset.FromUnixTimeMilliseconds(credential.UsedAt ?? 0);
        if (!credential.User.IsGuest && clock.GetUtcNow() - noted >= NotedEvery)
            Note(credential);
        return new Identity(credential.User, session) { Credential = credential };
    }

    /// <summary>Opens a session for somebody whom the host has named; null: there is nobody of that id any more.</summary>
    internal async ValueTask<(User User, SessionToken Session)?> OpenAsync(Guid person) =>
        await store.FindUserAsync(person, CancellationToken.None) is { } user ? (user, await _hostSessions.OpenAsync(person)) : null;
}
