using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Accounts;

/// <summary>What stands for an address or an account where servers tell each other of it: the same on all servers of a database, and nothing to anybody else.</summary>
/// <param name="key">Which they share.</param>
internal sealed class Pseudonyms(byte[] key)
{
    /// <summary>Of two among as many as are ever counted none are alike.</summary>
    private const int Bytes = 16;

    /// <summary>22 characters of base64url.</summary>
    internal string Of(string whom) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"counted {whom}")).AsSpan(0, Bytes));
}
