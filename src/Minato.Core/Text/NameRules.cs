using System.Globalization;
using System.Text;
using Minato.Core.Text.Normalization;

namespace Minato.Core.Text;

/// <summary>
/// What nicks and slugs may be made of, from the first day on: whatever IRC and a line protocol can carry, and nothing that
/// looks like nothing.
/// </summary>
internal static class NameRules
{
    /// <summary>64 bytes of UTF-8: an IRC line of 512 bytes still has room for a prefix, a channel and a text.</summary>
    internal const int MaxBytes = 64;

    /// <summary>Normalises to NFC and checks; null when the text cannot be a name.</summary>
    internal static string? Normalize(string text)
    {
        if (text.Length is 0 or > MaxBytes || !IsWellFormed(text))
            return null;
        var name = NormalForm.Composed(text);
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            return null;
        foreach (var rune in name.EnumerateRunes())
            if (!IsAllowed(rune))
                return null;
        return IsMark(Rune.GetRuneAt(name, 0)) ? null : name;
    }

    /// <summary>
    /// The form in which two names are the same name: width (NFKC) and case folded. Up and down, so that ς and σ, which share a
    /// capital, are one; variation selectors choose a drawing of a letter, not another letter.
    /// </summary>
    internal static string Key(string name) =>
        NormalForm.Folded(WithoutSelectors(NormalForm.Folded(name)).ToUpperInvariant().ToLowerInvariant());

    internal static bool IsAllowed(Rune rune)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.' or '[' or ']' or '{' or '}' or '|' or '\\' or '^' or '`' or '\'';
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator => false,
            // Full-width forms of the forbidden ASCII signs (！ ＠ ＃ ， ：) would fold to them.
            _ => !FoldsToForbidden(rune) && !IsInvisibleLetter(rune),
        };
    }

    private static bool FoldsToForbidden(Rune rune)
    {
        foreach (var folded in NormalForm.Folded(rune.ToString()).EnumerateRunes())
            if (folded.IsAscii && !IsAllowed(folded))
                return true;
        return false;
    }

    /// <summary>Hangul fillers, the braille blank and some marks are letters or symbols to Unicode and nothing to the eye.</summary>
    private static bool IsInvisibleLetter(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800
        or 0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x1D159 or 0x16FE4;

    private static string WithoutSelectors(string name)
    {
        if (Ascii.IsValid(name))
            return name;
        var kept = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            if (rune.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)))
                kept.Append(rune);
        return kept.ToString();
    }

    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Without lone surrogates.</summary>
    internal static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }
}
