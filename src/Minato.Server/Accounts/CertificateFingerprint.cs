using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minato.Server.Accounts;

/// <summary>By which a client's certificate is known: SHA-256 of it. No secret; what lets somebody in is its key, which TLS has seen used.</summary>
internal sealed record CertificateFingerprint
{
    private readonly byte[] _sha256;

    private CertificateFingerprint(byte[] sha256) => _sha256 = sha256;

    /// <summary>Under which it is kept, as the hash of a token is: with a word before it, so that no token can be mistaken for it.</summary>
    internal byte[] Hash => SHA256.HashData([.. "certificate "u8, .. _sha256]);

    public override string ToString() => Convert.ToHexString(_sha256);

    internal static CertificateFingerprint Of(X509Certificate certificate) => new(certificate.GetCertHash(HashAlgorithmName.SHA256));

    // 64 hexadecimal digits, perhaps with colons between them, as openssl x509 -fingerprint -sha256 writes it
    /// <summary>Null: it is none.</summary>
    internal static CertificateFingerprint? Parse(string text)
    {
        var digits = text.Replace(":", "");
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? new(Convert.FromHexString(digits)) : null;
    }
}
