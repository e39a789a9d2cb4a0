using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Minato.Core.Rooms;

/// <summary>What opens a room to whoever has it: 256 random bits, of which only the SHA-256 is kept.</summary>
public sealed class LinkSecret
{
    private const int Bytes = 32;

    /// <summary>In the fragment of an address, which goes into no log and no Referer; in no room's name.</summary>
    private const string Mark = "join=";

    private LinkSecret(string text, byte[] hash) => (Text, Hash) = (text, hash);

    /// <summary>43 characters of base64url, which a URL carries as they are.</summary>
    public string Text { get; }

    public byte[] Hash { get; }

    public static LinkSecret New() => Of(RandomNumberGenerator.GetBytes(Bytes));

    // https://www.rfc-editor.org/rfc/rfc4648#section-5 without padding
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out LinkSecret? secret)
    {
        secret = null;
        if (text.Length != Base64Url.GetEncodedLength(Bytes) || !Base64Url.IsValid(text, out var length) || length != Bytes)
            return false;
        secret = Of(Base64Url.DecodeFromChars(text));
        return true;
    }

    /// <summary>The secret of a link as people pass it on: <c>https://…/#join=SECRET</c>, or only its end.</summary>
    public static bool TryFind(string text, [NotNullWhen(true)] out LinkSecret? secret)
    {
        secret = null;
        return text.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at && TryParse(text.AsSpan(at + Mark.Length).TrimEnd(), out secret);
    }

    /// <summary>It must not stand in a log.</summary>
    public override string ToString() => "(secret)";

    private static LinkSecret Of(byte[] bytes) => new(Base64Url.EncodeToString(bytes), SHA256.HashData(bytes));
}
