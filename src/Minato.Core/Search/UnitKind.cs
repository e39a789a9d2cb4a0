using System.Globalization;
using System.Text;

namespace Minato.Core.Search;

/// <summary>How a character takes part in a search.</summary>
internal enum UnitKind
{
    /// <summary>Space, punctuation, ASCII symbols: it ends words.</summary>
    Separator,

    /// <summary>A letter or digit of a script that puts spaces between words.</summary>
    Word,

    /// <summary>A character of a script that does not (Han, kana, Thai …), of Hangul, whose particles hang on their nouns, or an emoji.</summary>
    Dense,
}

internal static class UnitKinds
{
    /// <summary>Blocks without spaces between words (https://unicode.org/Public/UNIDATA/Blocks.txt), in order.</summary>
    private static readonly (int First, int Last)[] DenseBlocks =
    [
        (0x0E00, 0x0FFF), // Thai, Lao, Tibetan
        (0x1000, 0x109F), // Myanmar
        (0x1100, 0x11FF), // Hangul Jamo
        (0x1780, 0x17FF), // Khmer
        (0x1950, 0x19FF), // Tai Le, New Tai Lue, Khmer symbols
        (0x1A20, 0x1AAF), // Tai Tham
        (0x2E80, 0x9FFF), // radicals, kana, Bopomofo, Han
        (0xA000, 0xA4CF), // Yi
        (0xA960, 0xA97F), // Hangul Jamo Extended-A
        (0xA9E0, 0xA9FF), // Myanmar Extended-B
        (0xAA60, 0xAADF), // Myanmar Extended-A, Tai Viet
        (0xAC00, 0xD7FF), // Hangul
        (0xF900, 0xFAFF), // Han
        (0x16F00, 0x18DFF), // Miao, Tangut, Khitan
        (0x1AFF0, 0x1B2FF), // kana, Nüshu
        (0x20000, 0x3FFFF), // Han
    ];

    /// <param name="rune">Folded.</param>
    /// <param name="before">The kind of what stands before it: a mark is of its letter's kind.</param>
    internal static UnitKind Of(Rune rune, UnitKind before)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune) ? UnitKind.Word : UnitKind.Separator;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                return before;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return IsDense(rune.Value) ? UnitKind.Dense : UnitKind.Word;
            // Emoji; unassigned ones are those of a newer Unicode than ours.
            case UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.OtherNotAssigned:
                return UnitKind.Dense;
            default:
                return UnitKind.Separator;
        }
    }

    /// <summary>What changes how a letter is drawn and not which one it is: joiners, direction marks, drawing selectors, fillers.</summary>
    internal static bool IsIgnored(Rune rune) => rune.Value >= 0xAD
        && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
            || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F or 0x115F or 0x1160 or 0x3164 or (>= 0x180B and <= 0x180F));

    private static bool IsDense(int point)
    {
        foreach (var (first, last) in DenseBlocks)
            if (point <= last)
                return point >= first;
        return false;
    }
}
