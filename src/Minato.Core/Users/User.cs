using Minato.Core.Rights;

namespace Minato.Core.Users;

/// <summary>A person or program, under an id that is never used again. Guests are users too.</summary>
/// <param name="Uid">UUIDv7, the id outside; survives moves and imports.</param>
/// <param name="Nick">The name shown, already checked by <see cref="Users.Nick"/>.</param>
public sealed record User(UserId Id, Guid Uid, UserKind Kind, string Nick)
{
    /// <summary>The name of the server itself; it is nobody else's, for it never ends.</summary>
    public const string SystemNick = "minato";

    /// <summary>What they are on the server, apart from any room.</summary>
    public ServerRole Role { get; init; }

    public bool IsGuest => Kind is UserKind.Guest or UserKind.Visitor;
}

/// <summary>The small integer inside; <see cref="User.Uid"/> is what the outside sees.</summary>
public readonly record struct UserId(long Value);

/// <summary>How long a user lasts. The numbers stand in the database.</summary>
public enum UserKind
{
    /// <summary>A guest who comes back by a token (a browser).</summary>
    Guest = 0,

    /// <summary>A guest whose identity ends with the session (a terminal).</summary>
    Visitor = 1,

    /// <summary>Somebody with an account.</summary>
    Account = 2,

    /// <summary>The server itself, who made the lobby.</summary>
    System = 3,

    /// <summary>Somebody with an account that was shut: the name and the places stay theirs, and nobody gets in as them.</summary>
    Deactivated = 4,
}
