using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Accounts;

// code = 4×4 characters of base32, without I, L, O and U: https://www.crockford.com/base32.html
/// <summary>What stands in for a password that is lost, once. Written on paper, so that it is read again whatever the hand made of it.</summary>
internal static class RecoveryCode
{
    /// <summary>Codes made at once, as GitHub's and Google's sheets have it.</summary>
    internal const int Count = 10;

    /// <summary>80 random bits: with attempts limited, nothing slower than SHA-256 is needed.</summary>
    private const int Length = 16;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    internal static string New() => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(4).Select(c => new string(c)));

    /// <summary>Of what somebody has typed; null: it is none.</summary>
    internal static byte[]? Hash(string text)
    {
        // A hyphen between any two is more than anybody writes.
        if (text.Length > 2 * Length)
            return null;
        var code = new StringBuilder(Length);
        foreach (var c in text.ToUpperInvariant())
            if (c is not ('-' or ' '))
                code.Append(c switch { 'O' => '0', 'I' or 'L' => '1', _ => c });
        return code.Length == Length && code.ToString().All(Alphabet.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes(code.ToString())) : null;
    }
}
