using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>An account was made or changed.</summary>
/// <param name="Was">The user before, where they are another now.</param>
public sealed record AccountChanged(User User, User? Was = null) : Outcome
{
    /// <summary>Which of their connections end with it.</summary>
    public Ending Ending { get; init; } = Ending.None;

    /// <summary>What it left in rooms.</summary>
    public IReadOnlyList<(Room Room, RoomEvent Event)> Events { get; init; } = [];
}

/// <summary>Which credentials are worth nothing any more.</summary>
public sealed record Ending
{
    public static readonly Ending None = new();

    public static readonly Ending All = new() { _isAll = true };

    private bool _isAll;
    private bool _sessionsOnly;
    private IReadOnlyList<CredentialId> _some = [];
    private CredentialId? _kept;
    private bool _isWithout;

    public static Ending Of(params IReadOnlyList<CredentialId> some) => new() { _some = some };

    /// <summary>All sessions but one; tokens stay.</summary>
    public static Ending OfSessions(CredentialId? kept = null) => new() { _sessionsOnly = true, _kept = kept };

    /// <summary>Those that were found to have ended.</summary>
    /// <param name="withoutCredential">Also whoever was let in by none.</param>
    public static Ending OfEnded(IReadOnlyList<CredentialId> some, bool withoutCredential) => new() { _some = some, _isWithout = withoutCredential };

    /// <param name="credential">By which a connection was let in; null: by none, as a guest who has only just become somebody.</param>
    public bool Ends(Credential? credential) =>
        _isAll || (credential is null
            ? _isWithout || (_sessionsOnly && _kept is null)
            : _some.Contains(credential.Id) || (_sessionsOnly && credential.IsSession && credential.Id != _kept));
}
