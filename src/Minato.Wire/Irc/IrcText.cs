using System.Buffers;
using System.Globalization;
using System.Text;

namespace Minato.Wire.Irc;

// CTCP = %x01 command [SPACE text] [%x01]             https://modern.ircdocs.horse/ctcp
// formatting = %x02 %x1D %x1F %x1E %x11 %x16 %x0F | %x03 [fg[,bg]] | %x04 [rgb[,rgb]]   https://modern.ircdocs.horse/formatting
/// <summary>Between what IRC clients write and the plain text of a message's body.</summary>
public static class IrcText
{
    private const byte Ctcp = 0x01;
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(1, 31).Where(c => c != '\t').Select(c => (byte)c), 0x7F]);

    /// <summary>Whether one client asks another's program for something, but for /me, which is something said.</summary>
    public static bool IsCtcp(ReadOnlySpan<byte> text) => text.Length > 0 && text[0] == Ctcp && !IsAction(text);

    /// <summary>A body without formatting and other controls; /me becomes <c>_text_</c>, as at a terminal.</summary>
    public static ReadOnlyMemory<byte> ToBody(ReadOnlyMemory<byte> text)
    {
        if (IsAction(text.Span))
        {
            var act = Plain(text["\u0001ACTION "u8.Length..].Span.TrimEnd(Ctcp));
            return (byte[])[(byte)'_', .. act.Span, (byte)'_'];
        }
        return text.Span.ContainsAny(Controls) ? Plain(text.Span) : text;
    }

    /// <summary>What somebody does, of a body that <see cref="ToBody"/> would make of it: one line between underscores, and none within.</summary>
    public static bool TryReadAction(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> act)
    {
        act = body.Length > 2 ? body[1..^1] : default;
        return !act.IsEmpty && body[0] == '_' && body[^1] == '_' && act[0] is not ((byte)' ' or (byte)'_') && act[^1] is not ((byte)' ' or (byte)'_') && !act.Contains((byte)'\n');
    }

    /// <summary>
    /// The length of the longest beginning that fits and cuts no character in two: at a space near the end, else between what people see as
    /// characters, else (a character of hundreds of marks) between scalars.
    /// </summary>
    /// <param name="max">At least 4 bytes, in which any scalar fits.</param>
    public static int LengthOfPiece(ReadOnlySpan<byte> text, int max)
    {
        if (text.Length <= max)
            return text.Length;
        var end = max;
        while ((text[end] & 0b1100_0000) == 0b1000_0000)
            end--;
        // Half of a line is worth more than a space.
        if (text[..end].LastIndexOf((byte)' ') is var space && space > max / 2)
            return space + 1;
        var piece = Encoding.UTF8.GetString(text[..Math.Min(text.Length, end + MaxLookAhead)]);
        var length = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(piece))
        {
            var bytes = Encoding.UTF8.GetByteCount(piece.AsSpan(0, start));
            if (bytes > end)
                break;
            length = bytes;
        }
        return length > 0 ? length : end;
    }

    /// <summary>In place of lines that are too many: how many there are, and where. Nothing is ever cut without a word.</summary>
    /// <param name="where">Who shows them: <c>the page shows</c>.</param>
    public static ReadOnlySpan<byte> More(ReadOnlySpan<byte> rest, string where)
    {
        var count = 0;
        foreach (var range in rest.Split((byte)'\n'))
            if (!rest[range].IsEmpty)
                count++;
        return count == 0 ? default : Encoding.UTF8.GetBytes($"… ({count} more {(count == 1 ? "line" : "lines")}: {where} {(count == 1 ? "it" : "them")})");
    }

    /// <summary>Bytes behind the cut in which a character that began before it is seen to go on.</summary>
    private const int MaxLookAhead = 64;

    private static bool IsAction(ReadOnlySpan<byte> text) => text.StartsWith("\u0001ACTION "u8);

    private static ReadOnlyMemory<byte> Plain(ReadOnlySpan<byte> text)
    {
        var kept = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == 0x03)
                i += 1 + Colours(text[(i + 1)..], digits: 2, IsDigit);
            else if (text[i] == 0x04)
                i += 1 + Colours(text[(i + 1)..], digits: 6, char.IsAsciiHexDigit);
            else if (Controls.Contains(text[i]))
                i++;
            else
                kept[length++] = text[i++];
        }
        return kept.AsMemory(0, length);
    }

    /// <summary>Bytes of one colour, and of the second behind a comma.</summary>
    private static int Colours(ReadOnlySpan<byte> text, int digits, Func<char, bool> isDigit)
    {
        var first = Digits(text, digits, isDigit);
        if (first == 0 || first >= text.Length || text[first] != ',')
            return first;
        var second = Digits(text[(first + 1)..], digits, isDigit);
        return second == 0 ? first : first + 1 + second;
    }

    private static int Digits(ReadOnlySpan<byte> text, int max, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < max && count < text.Length && isDigit((char)text[count]))
            count++;
        return count;
    }

    private static bool IsDigit(char c) => char.IsAsciiDigit(c);
}
