using System.Buffers;
using System.Text;

namespace Minato.Core.Messages;

/// <summary>
/// What somebody wrote: 1 to 16,384 bytes of valid UTF-8 in which LF and TAB are the only control characters.
/// Kept as bytes from the socket to the disk and back: nobody on the way needs it as a string.
/// </summary>
public readonly record struct MessageBody
{
    /// <summary>Bytes of UTF-8. Four times Discord's 4,000 characters: a log excerpt fits, a file does not.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\n' or '\t')).Select(c => (byte)c), 0x7F]);

    private MessageBody(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Checks what a client sent; CRLF becomes LF. The bytes are kept, not copied.</summary>
    public static BodyError TryCreate(ReadOnlyMemory<byte> utf8, out MessageBody body)
    {
        body = default;
        if (utf8.Length > MaxBytes)
            return BodyError.TooLarge;
        if (utf8.Span.Contains((byte)'\r'))
            utf8 = WithoutCarriageReturns(utf8.Span);
        if (IsBlank(utf8.Span) || !System.Text.Unicode.Utf8.IsValid(utf8.Span) || utf8.Span.ContainsAny(Controls) || HasC1(utf8.Span))
            return BodyError.Malformed;
        body = new MessageBody(utf8);
        return BodyError.None;
    }

    /// <summary>What the store gave back: checked when it went in.</summary>
    public static MessageBody FromStore(ReadOnlyMemory<byte> utf8) => new(utf8);

    public bool Equals(MessageBody other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Only white space, the ideographic space of a Japanese keyboard included.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (!Rune.IsWhiteSpace(rune))
                return false;
            bytes = bytes[length..];
        }
        return true;
    }

    /// <summary>U+0080–U+009F, of which some terminals make escape sequences: C2 80 to C2 9F in UTF-8.</summary>
    private static bool HasC1(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)0xC2); at >= 0 && at + 1 < bytes.Length;)
        {
            if (bytes[at + 1] <= 0x9F)
                return true;
            var next = bytes[(at + 1)..].IndexOf((byte)0xC2);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> bytes)
    {
        var kept = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] != '\r' || i + 1 >= bytes.Length || bytes[i + 1] != '\n')
                kept[length++] = bytes[i];
        return kept[..length];
    }
}

public enum BodyError
{
    None,
    TooLarge,
    Malformed,
}
