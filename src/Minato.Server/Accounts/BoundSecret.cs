using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Accounts;

/// <summary>A secret that is worth something only together with what it was made for.</summary>
internal static class BoundSecret
{
    /// <summary>SHA-256 of both. The secret is random and longer than anybody guesses: nothing slower is needed.</summary>
    /// <param name="boundTo">Whatever it has to be shown together with; it may be long, and a secret itself.</param>
    internal static byte[] Hash(string boundTo, string secret) =>
        SHA256.HashData((byte[])[.. SHA256.HashData(Encoding.UTF8.GetBytes(boundTo)), .. Encoding.UTF8.GetBytes(secret)]);
}
