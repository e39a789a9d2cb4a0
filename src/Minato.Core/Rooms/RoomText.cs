using System.Globalization;
using System.Text;

namespace Minato.Core.Rooms;

/// <summary>Titles and topics: one line of free text.</summary>
public static class RoomText
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int MaxTitle = 120;

    /// <summary>Bytes of UTF-8; IRC servers commonly allow 390.</summary>
    public const int MaxTopic = 512;

    /// <summary>Trimmed, or null when it is too long or has control or direction-changing characters.</summary>
    public static string? Normalize(string text, int maxBytes)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > maxBytes || Encoding.UTF8.GetByteCount(trimmed) > maxBytes)
            return null;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            // U+FFFD also stands for a lone surrogate here.
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune)
                || rune.Value is 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned)
                return null;
        }
        return trimmed;
    }
}
