using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>Somebody with a password.</summary>
/// <param name="PasswordHash">As the server's hashing writes it: the framework's, and behind a space what SCRAM verifies by.</param>
public sealed record Account(User User, string PasswordHash, long CreatedAt);

/// <summary>A session as its owner sees it in a list.</summary>
/// <param name="UsedAt">Within the hour.</param>
public sealed record SessionInfo(CredentialId Id, string Device, long CreatedAt, long UsedAt, long? ExpiresAt);

/// <summary>A personal access token as its owner sees it in a list.</summary>
/// <param name="UsedAt">Within the hour; null: never yet.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record TokenInfo(CredentialId Id, string Name, Scope Scope, long CreatedAt, long? UsedAt, long? ExpiresAt);

/// <summary>An invitation that may still be used.</summary>
/// <param name="By">Null: the operator, or somebody who is gone.</param>
public sealed record InvitationInfo(CredentialId Id, Rights.ServerRole Role, string? By, long CreatedAt, long ExpiresAt, int Uses, int MaxUses);

/// <summary>One administrative act.</summary>
/// <param name="By">As they are called today, under the id that stays. Null: the operator.</param>
/// <param name="Subject">The same of whom it is about, if anybody.</param>
public sealed record AuditEntry(long Id, long At, User? By, string Act, User? Subject, string? Detail);
