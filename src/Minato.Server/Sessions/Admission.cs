using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Sessions.Tickets;

namespace Minato.Server.Sessions;

/// <summary>Who is let in at all, and who that is. docs/security.md says which access is the default where.</summary>
internal sealed class Admission(Access access, string? launchToken, IStore store, TimeProvider clock)
{
    private readonly Secret? _token = launchToken is null ? null : new Secret(launchToken);
    private readonly HostSessions _hostSessions = new();

    internal Access Access { get; } = access;

    internal TicketBook Tickets { get; } = new(clock);

    /// <summary>Whether somebody without any credential may take part.</summary>
    internal bool LetsGuestsIn => Access == Access.Guests;

    /// <summary>Whether this is the launch token, where that lets in.</summary>
    internal bool Accepts(string token) => _token is not null && _token.Is(token) && Access == Access.Token;

    /// <summary>Whose session it is; null: nobody's, yet or any more.</summary>
    internal async ValueTask<User?> FindAsync(SessionToken session) => _hostSessions.Find(session) is { } person
        ? await store.FindUserAsync(person, CancellationToken.None)
        : await store.FindSessionAsync(session.Hash, CancellationToken.None);

    /// <summary>Opens a session for somebody whom the host has named; null: there is nobody of that id any more.</summary>
    internal async ValueTask<(User User, SessionToken Session)?> OpenAsync(Guid person) =>
        await store.FindUserAsync(person, CancellationToken.None) is { } user ? (user, _hostSessions.Open(person)) : null;
}
