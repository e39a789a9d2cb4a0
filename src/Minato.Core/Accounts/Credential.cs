using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>A secret that somebody holds, as the store knows it: whose it is, and what it lets its holder do.</summary>
/// <param name="Hash">SHA-256 of the secret.</param>
/// <param name="UsedAt">Within the hour; null: a guest's, of whom nobody keeps count.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 UTC; null: never.</param>
public sealed record Credential(byte[] Hash, User User, Scope Scope, long? UsedAt, long? ExpiresAt)
{
    public CredentialId Id { get; } = CredentialId.Of(Hash);

    /// <summary>A session that a person has logged in to, or a guest's; else a personal access token.</summary>
    public bool IsSession { get; init; }
}
