using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Sessions;

/// <summary>A token that somebody may hold; only its hash is kept.</summary>
internal sealed class Secret(string text)
{
    private readonly byte[] _hash = Hash(text);

    /// <summary>Takes the same time whatever is wrong with it.</summary>
    internal bool Is(string token) => CryptographicOperations.FixedTimeEquals(Hash(token), _hash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
