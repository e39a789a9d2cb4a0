using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Sessions;

/// <summary>The secret by which somebody is recognised again: 256 random bits. Only its hash is ever stored.</summary>
internal sealed record SessionToken
{
    private const int Bytes = 32;

    private SessionToken(string text) => Text = text;

    /// <summary>As the client holds it: base64url, 43 characters.</summary>
    internal string Text { get; }

    /// <summary>SHA-256. The token is as long as its hash, and random: nothing slower is needed.</summary>
    internal byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    internal static SessionToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Null: none that this server could have made.</summary>
    internal static SessionToken? Parse(string text) =>
        text.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(text, out var bytes) && bytes == Bytes ? new SessionToken(text) : null;

    /// <summary>Never in a log.</summary>
    public override string ToString() => "…";
}
