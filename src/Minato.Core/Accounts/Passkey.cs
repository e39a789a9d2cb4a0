using System.Security.Cryptography;

namespace Minato.Core.Accounts;

// https://www.w3.org/TR/webauthn-3/#credential-record
/// <summary>The public half of a key that somebody's authenticator holds, and that opens their account.</summary>
/// <param name="RawId">What the authenticator calls it; no two have the same. At most 1,023 bytes.</param>
/// <param name="PublicKey">A COSE_Key, as the framework reads and keeps it.</param>
/// <param name="SignCount">Of the last signature; one that does not go on from here is of a copy. 0: this authenticator does not count.</param>
/// <param name="MayBeBackedUp">Whether it may leave its device; that never changes.</param>
/// <param name="IsBackedUp">Whether it has, so that one who loses the device has it still.</param>
/// <param name="Transports">How a browser reaches its authenticator, in the standard's words.</param>
public sealed record Passkey(byte[] RawId, byte[] PublicKey, long SignCount, bool MayBeBackedUp, bool IsBackedUp, IReadOnlyList<string> Transports)
{
    /// <summary>Passkeys of one user: each device of a careful person, twice.</summary>
    public const int MaxOfUser = 20;

    /// <summary>Bytes. The largest in use is RSA's of 4,096 bits, half a KiB.</summary>
    public const int MaxPublicKey = 2_048;

    /// <summary>What it is called outside: authenticators' own names are too long for an address.</summary>
    public CredentialId Id => CredentialId.Of(SHA256.HashData(RawId));

    /// <summary>Never in a log.</summary>
    public override string ToString() => Id.ToString();
}

/// <summary>A passkey as its owner sees it in a list.</summary>
/// <param name="UsedAt">Null: never yet.</param>
public sealed record PasskeyInfo(Passkey Passkey, string Name, long CreatedAt, long? UsedAt);
