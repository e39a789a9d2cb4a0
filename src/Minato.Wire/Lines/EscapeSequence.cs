namespace Minato.Wire.Lines;

// ECMA-48, https://ecma-international.org/publications-and-standards/standards/ecma-48/ (5.3–5.6):
// CSI  = ESC '[' 30-3F* 20-2F* 40-7E            an arrow key, a colour
// text = ESC ( ']' | 'P' | 'X' | '^' | '_' ) … ( BEL | ESC '\' )     a window title, a clipboard
// SS3  = ESC 'O' byte                           an arrow key in application mode
// else = ESC 20-2F* 30-7E
// Each ESC and the 40-5F behind it may be one character U+0080–U+009F instead.
internal static class EscapeSequence
{
    private const byte Escape = 0x1B;
    private const byte Bell = 0x07;

    /// <summary>
    /// Bytes of the sequence that begins here, 0 where none does. One that the line cuts off, or that goes wrong, is as long as it was right.
    /// </summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        var introducer = IntroducerAt(text, out var length);
        if (length == 0)
            return 0;

        var rest = text[length..];
        return introducer switch
        {
            '[' => length + ControlLength(rest),
            ']' or 'P' or 'X' or '^' or '_' => length + StringLength(rest),
            'O' => length + FinalLength(rest, from: 0x20),
            _ => length,
        };
    }

    // The introducer as the second byte of its seven-bit form; length 0 when it is none.
    private static char IntroducerAt(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text is [0xC2, >= 0x80 and <= 0x9F, ..])
        {
            length = 2;
            return (char)(text[1] - 0x40);
        }

        if (text.IsEmpty || text[0] != Escape)
            return default;

        length = 1 + RunLength(text[1..], 0x20, 0x2F);
        var final = FinalLength(text[length..], from: 0x30);
        var isPlain = length == 1 && final == 1;
        length += final;
        return isPlain ? (char)text[1] : default;
    }

    private static int ControlLength(ReadOnlySpan<byte> rest)
    {
        var length = RunLength(rest, 0x30, 0x3F);
        length += RunLength(rest[length..], 0x20, 0x2F);
        return length + FinalLength(rest[length..], from: 0x40);
    }

    // Never ended: all of it was meant for a terminal, none for a reader.
    private static int StringLength(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == Bell)
                return i + 1;
            if (rest[i..] is [Escape, (byte)'\\', ..] or [0xC2, 0x9C, ..])
                return i + 2;
        }

        return rest.Length;
    }

    private static int RunLength(ReadOnlySpan<byte> text, byte from, byte to)
    {
        var end = text.IndexOfAnyExceptInRange(from, to);
        return end < 0 ? text.Length : end;
    }

    private static int FinalLength(ReadOnlySpan<byte> rest, byte from) => !rest.IsEmpty && rest[0] >= from && rest[0] <= 0x7E ? 1 : 0;
}
