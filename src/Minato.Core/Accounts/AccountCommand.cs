using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>What is wanted of accounts, and of no room. Passwords come hashed: what is slow is done before, and not by the one who commits.</summary>
public abstract record AccountCommand : Command;

/// <param name="Hash">SHA-256 of the session's secret.</param>
/// <param name="Device">What its owner knows it by.</param>
public sealed record NewSession(byte[] Hash, string Device)
{
    /// <summary>The device of a session whose secret nobody has: it ends with the connection that opened it.</summary>
    public const string OfConnection = "IRC";
}

/// <summary>Makes an account, by an invitation where one is needed, and its first session.</summary>
/// <param name="Invitation">SHA-256 of its secret; null: none was given.</param>
/// <param name="Guest">The guest whom the newcomer has been so far and goes on being; their guest's sessions end.</param>
public sealed record SignUp(string Nick, string PasswordHash, byte[]? Invitation, User? Guest, NewSession Session) : AccountCommand;

/// <summary>Makes a session for somebody whose password was right.</summary>
/// <param name="Verified">The hash that it was right for: if it is another by now, so is the password.</param>
/// <param name="Rehashed">The same password at today's cost; null where it has that.</param>
public sealed record StartSession(User User, string Verified, string? Rehashed, NewSession Session) : AccountCommand;

/// <summary>A new password, for one who has lost it and kept a recovery code. Every session ends, and one begins.</summary>
/// <param name="Code">SHA-256 of the code, which is used up.</param>
public sealed record Recover(User User, byte[] Code, string PasswordHash, NewSession Session) : AccountCommand;

/// <summary>Notes that a session or token is in use; a session lives on from then. Answered by nothing.</summary>
public sealed record NoteUse(User User, CredentialId Credential) : AccountCommand;

/// <summary>What somebody wants done about their own account.</summary>
public abstract record OwnAccountCommand(User Actor) : AccountCommand;

/// <param name="Verified">As in <see cref="StartSession"/>.</param>
/// <param name="Kept">The session in which it is done, which goes on; all others end.</param>
public sealed record ChangePassword(User Actor, string Verified, string PasswordHash, CredentialId? Kept) : OwnAccountCommand(Actor);

/// <param name="Session">One's own; null: all of them.</param>
/// <param name="Kept">Of all of them the one that goes on; null: none does.</param>
public sealed record EndSessions(User Actor, CredentialId? Session, CredentialId? Kept = null) : OwnAccountCommand(Actor);

/// <summary>Sets recovery codes; those before are worth nothing any more.</summary>
/// <param name="Codes">SHA-256 of each.</param>
public sealed record SetRecoveryCodes(User Actor, IReadOnlyList<byte[]> Codes) : OwnAccountCommand(Actor);

/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 UTC; null: never.</param>
public sealed record MakeToken(User Actor, byte[] Hash, string Name, Scope Scope, long? ExpiresAt) : OwnAccountCommand(Actor);

public sealed record RevokeToken(User Actor, CredentialId Token) : OwnAccountCommand(Actor);

/// <summary>
/// Leaves for good: every room, and every session, token and code ends; the name is free again and the messages are nobody's, or are erased, as
/// the owner has decided.
/// </summary>
/// <param name="Verified">As in <see cref="StartSession"/>.</param>
/// <param name="Seen">
/// What was found of theirs before, because it takes long to walk through all that was ever said; what came since is found in the transaction.
/// Null: all of it is.
/// </param>
public sealed record DeleteAccount(User Actor, string Verified, WrittenIn? Seen = null) : OwnAccountCommand(Actor);

/// <summary>In which rooms somebody has said anything, ever.</summary>
/// <param name="Rooms">By their ids.</param>
/// <param name="UpTo">How far the log of each room was looked through at least; a room that is not here was not.</param>
public sealed record WrittenIn(IReadOnlyList<RoomId> Rooms, IReadOnlyDictionary<RoomId, long> UpTo);
