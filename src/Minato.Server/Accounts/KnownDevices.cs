using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Accounts;

// device = base64url(nonce[16] mac[32]), mac = HMAC-SHA256(key, user's id || nonce)   OWASP calls it a device cookie.
/// <summary>Recognises a device that somebody has logged in with before. It lets nobody in: it only says whose attempts are counted apart.</summary>
internal sealed class KnownDevices(byte[] key)
{
    private const int NonceBytes = 16, MacBytes = 32;

    internal string Issue(Guid user)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        return Base64Url.EncodeToString([.. nonce, .. Mac(user, nonce)]);
    }

    /// <summary>What the device's attempts are counted by; null: it is none of this user's.</summary>
    internal string? Recognise(Guid user, string? device)
    {
        if (device is null || device.Length != Base64Url.GetEncodedLength(NonceBytes + MacBytes) || !Base64Url.IsValid(device))
            return null;
        var bytes = Base64Url.DecodeFromChars(device).AsSpan();
        return CryptographicOperations.FixedTimeEquals(bytes[NonceBytes..], Mac(user, bytes[..NonceBytes]))
            ? Convert.ToHexString(bytes[..NonceBytes])
            : null;
    }

    /// <summary>Random to whoever does not have the key, and the same each time: what is shown of an account that is not there.</summary>
    internal byte[] DecoyOf(string nick) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"decoy {nick}"));

    private byte[] Mac(Guid user, ReadOnlySpan<byte> nonce) => HMACSHA256.HashData(key, (byte[])[.. user.ToByteArray(bigEndian: true), .. nonce]);
}
