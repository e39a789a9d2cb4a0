namespace Minato.Core.Accounts;

/// <summary>
/// What a session, token or invitation is called outside, so that it can be listed and revoked: the first half of its SHA-256, which
/// leads nobody to the secret itself.
/// </summary>
public readonly record struct CredentialId(Guid Value)
{
    /// <param name="hash">SHA-256 of the secret.</param>
    public static CredentialId Of(ReadOnlySpan<byte> hash) => new(new Guid(hash[..16], bigEndian: true));

    /// <summary>The lowest and the highest SHA-256 of this id: hashes that lie between are its own.</summary>
    public (byte[] First, byte[] Last) Hashes()
    {
        var (first, last) = (new byte[32], new byte[32]);
        Array.Fill(last, byte.MaxValue);
        Value.TryWriteBytes(first, bigEndian: true, out _);
        Value.TryWriteBytes(last, bigEndian: true, out _);
        return (first, last);
    }

    public override string ToString() => Value.ToString();
}
