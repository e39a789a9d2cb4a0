namespace Minato.Fuzz.Models;

// https://www.rfc-editor.org/rfc/rfc3629#section-4
/// <summary>UTF-8 by the table, a byte at a time.</summary>
internal static class Utf8Model
{
    public static (bool CanBecome, bool IsWhole) Judge(IReadOnlyList<byte> text)
    {
        var (missing, low, high) = (0, 0x80, 0xBF);
        foreach (var b in text)
        {
            if (missing > 0)
            {
                if (b < low || b > high)
                    return (false, false);
                (missing, low, high) = (missing - 1, 0x80, 0xBF);
                continue;
            }
            (missing, low, high) = b switch
            {
                < 0x80 => (0, 0x80, 0xBF),
                >= 0xC2 and <= 0xDF => (1, 0x80, 0xBF),
                0xE0 => (2, 0xA0, 0xBF),
                0xED => (2, 0x80, 0x9F),
                >= 0xE1 and <= 0xEF => (2, 0x80, 0xBF),
                0xF0 => (3, 0x90, 0xBF),
                0xF4 => (3, 0x80, 0x8F),
                >= 0xF1 and <= 0xF3 => (3, 0x80, 0xBF),
                _ => (-1, 0, 0),
            };
            if (missing < 0)
                return (false, false);
        }
        return (true, missing == 0);
    }
}
