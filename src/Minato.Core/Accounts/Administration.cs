using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>What is done for the whole server, and noted in its audit log.</summary>
/// <param name="By">Null: the operator, who holds the data itself.</param>
public abstract record AdministrativeCommand(User? By) : AccountCommand;

/// <param name="Hash">SHA-256 of the secret in its link.</param>
/// <param name="Role">Of whoever comes by it: at most one's own.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 UTC.</param>
public sealed record MakeInvitation(User? By, byte[] Hash, ServerRole Role, int MaxUses, long ExpiresAt) : AdministrativeCommand(By)
{
    /// <summary>People who may come by one invitation: a link for a company.</summary>
    public const int MostUses = 10_000;
}

public sealed record RevokeInvitation(User? By, CredentialId Invitation) : AdministrativeCommand(By);

/// <summary>Makes the one-time link for an owner; those before are worth nothing any more.</summary>
public sealed record MakeOwnerLink(byte[] Hash, long ExpiresAt) : AdministrativeCommand(By: null);

/// <summary>Sets what is not null.</summary>
public sealed record ChangeSettings(User? By, SignUpPolicy? SignUp, DepartedMessages? Departed) : AdministrativeCommand(By);

/// <summary>Shuts an account, and every connection of it, or opens it again. Its name and its places stay.</summary>
public sealed record SetActive(User? By, UserId Subject, bool On) : AdministrativeCommand(By);

/// <summary>
/// Erases all that somebody has said in any room, seen by whoever asks for it or not: of which rooms, they are told nothing. Each room's log says so in the server's own name.
/// </summary>
/// <param name="Deactivate">Also shuts their account; a guest is ended.</param>
/// <param name="WrittenIn">The rooms in which they have said anything: found out before, because it takes long.</param>
public sealed record Purge(User? By, UserId Subject, bool Deactivate, IReadOnlyList<RoomId> WrittenIn) : AdministrativeCommand(By)
{
    /// <summary>What they have said while the one before was under way: that one stands in the audit log already.</summary>
    public bool IsRest { get; init; }
}

public sealed record ResolveReport(User? By, long Report, Resolution Resolution) : AdministrativeCommand(By);

/// <summary>A new password for somebody who has lost theirs: the operator's to give. Every session ends.</summary>
public sealed record ResetPassword(UserId Subject, string PasswordHash) : AdministrativeCommand(By: null);
