namespace Minato.Core.Accounts;

/// <summary>
/// What a session, token or invitation is called outside, so that it can be listed and revoked: the first half of its SHA-256, which
/// leads nobody to the secret itself.
/// </summary>
public readonly record struct CredentialId(Guid Value)
{
    /// <param name="hash">SHA-256 of the secret.</param>
    public static CredentialId Of(ReadOnlySpan<byte> hash) => new(new Guid(hash[..16], bigEndian: true));

    public override string ToString() => Value.ToString();
}
