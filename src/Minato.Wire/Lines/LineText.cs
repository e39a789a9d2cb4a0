using System.Buffers;
using System.Text;

namespace Minato.Wire.Lines;

/// <summary>Makes what a terminal sent into text that is safe on every other terminal.</summary>
internal static class LineText
{
    private const int Backspace = 0x08;
    private const int Delete = 0x7F;

    /// <summary>
    /// Valid UTF-8 whatever came in: wrong bytes become U+FFFD, escape sequences and controls but the tab go, so do the characters
    /// that turn the direction of what follows them. Backspace and DEL take back the character before them.
    /// </summary>
    public static byte[] Clean(ReadOnlySpan<byte> raw)
    {
        if (!raw.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return raw.ToArray();

        // A wrong byte becomes the three of U+FFFD; nothing grows more.
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length * 3);
        var length = CleanInto(raw, rented);
        var clean = rented.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return clean;
    }

    private static int CleanInto(ReadOnlySpan<byte> raw, Span<byte> clean)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            var sequence = EscapeSequence.LengthAt(raw);
            if (sequence > 0)
            {
                raw = raw[sequence..];
                continue;
            }

            // U+FFFD where the bytes are wrong: that is what Rune gives us with its status.
            Rune.DecodeFromUtf8(raw, out var rune, out var consumed);
            raw = raw[consumed..];
            if (rune.Value is Backspace or Delete)
                length = WithoutLastScalar(clean[..length]);
            else if (MayShow(rune))
                length += rune.EncodeToUtf8(clean[length..]);
        }

        return length;
    }

    private static bool MayShow(Rune rune) =>
        rune.Value == '\t' || !(Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));

    // A Unicode scalar, not what looks like one character: the same that a Linux terminal erases in its own line editing (IUTF8).
    private static int WithoutLastScalar(ReadOnlySpan<byte> text)
    {
        var end = text.Length - 1;
        while (end > 0 && (text[end] & 0b1100_0000) == 0b1000_0000)
            end--;
        return Math.Max(end, 0);
    }
}
