using System.Globalization;
using System.Text;

namespace Minato.Core.Messages;

/// <summary>What a reaction shows: an emoji, or a short word like <c>+1</c>. Text, so that new emoji need no new server.</summary>
public static class Emoji
{
    /// <summary>Bytes of UTF-8; a family of four with skin tones needs 41, one with plain faces 25, and a flag of a region 28.</summary>
    public const int MaxBytes = 32;

    /// <summary>Different ones on one message. Discord allows 20.</summary>
    public const int MaxOnMessage = 50;

    /// <summary>1–32 bytes that are seen: no spaces, controls or characters that have no meaning (yet).</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return false;
        var isSeen = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // U+FFFD also stands for a lone surrogate here.
            if (rune == Rune.ReplacementChar || !(IsJoint(rune) || IsVisible(rune)))
                return false;
            isSeen |= !IsJoint(rune);
        }
        return isSeen;
    }

    /// <summary>What ties an emoji together: the zero-width joiner, the drawing selectors, and the letters of a region's flag.</summary>
    private static bool IsJoint(Rune rune) => rune.Value is 0x200D or 0xFE0E or 0xFE0F or (>= 0xE0020 and <= 0xE007F);

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
