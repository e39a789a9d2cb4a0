using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Accounts;

// verifier = "SCRAM-SHA-256$" iterations ":" salt "$" StoredKey ":" ServerKey     as PostgreSQL writes it; all but the number in base64
/// <summary>
/// What is kept of a password so that a client can prove by SCRAM-SHA-256 that it knows it, without sending it. Whoever reads it can log in as
/// nobody, but can try passwords on it: it costs as much as the framework's hash beside it.
/// https://www.rfc-editor.org/rfc/rfc5802#section-3, https://www.rfc-editor.org/rfc/rfc7677
/// </summary>
internal sealed class ScramVerifier
{
    private const string Scheme = "SCRAM-SHA-256$";
    private const int SaltBytes = 16, KeyBytes = 32;

    private readonly byte[] _storedKey;
    private readonly byte[] _serverKey;

    private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) =>
        (Iterations, Salt, _storedKey, _serverKey) = (iterations, salt, storedKey, serverKey);

    internal int Iterations { get; }

    internal byte[] Salt { get; }

    internal string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Scheme}{Iterations}:{Convert.ToBase64String(Salt)}${Convert.ToBase64String(_storedKey)}:{Convert.ToBase64String(_serverKey)}");

    /// <summary>Takes long, on purpose.</summary>
    internal static ScramVerifier Make(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Span<byte> salted = stackalloc byte[KeyBytes];
        Span<byte> clientKey = stackalloc byte[KeyBytes];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, salted, iterations, HashAlgorithmName.SHA256);
            HMACSHA256.HashData(salted, "Client Key"u8, clientKey);
            return new ScramVerifier(iterations, salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
        }
        finally
        {
            // By either of them one is the account's owner.
            CryptographicOperations.ZeroMemory(salted);
            CryptographicOperations.ZeroMemory(clientKey);
        }
    }

    /// <summary>Of nobody, or of one who has none yet: it looks like another's, the same each time, and no proof is right for it.</summary>
    /// <param name="seed">Not to be guessed.</param>
    internal static ScramVerifier Decoy(ReadOnlySpan<byte> seed, int iterations) =>
        new(iterations, seed[..SaltBytes].ToArray(), RandomNumberGenerator.GetBytes(KeyBytes), RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Null: it is none.</summary>
    internal static ScramVerifier? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text[Scheme.Length..].Split('$', ':') is not [var number, var salt, var stored, var server])
            return null;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            ? new ScramVerifier(iterations, Convert.FromBase64String(salt), Convert.FromBase64String(stored), Convert.FromBase64String(server))
            : null;
    }

    // ClientProof = ClientKey XOR HMAC(StoredKey, AuthMessage); StoredKey = SHA-256(ClientKey)
    internal bool Accepts(ReadOnlySpan<byte> proof, string message)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        HMACSHA256.HashData(_storedKey, Encoding.UTF8.GetBytes(message), key);
        for (var i = 0; i < key.Length; i++)
            key[i] ^= proof[i];
        var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), _storedKey);
        CryptographicOperations.ZeroMemory(key);
        return isRight;
    }

    /// <summary>By which the server proves that it knows the account, too.</summary>
    internal byte[] Sign(string message) => HMACSHA256.HashData(_serverKey, Encoding.UTF8.GetBytes(message));
}
