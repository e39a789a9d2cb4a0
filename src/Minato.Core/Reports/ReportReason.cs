using System.Text;

namespace Minato.Core.Reports;

/// <summary>Why somebody reports a message, in their own words, of which there may be none.</summary>
public static class ReportReason
{
    /// <summary>Bytes of UTF-8, as Mastodon's 1,000 characters: a paragraph, not a file.</summary>
    public const int MaxBytes = 1_000;

    /// <summary>Trimmed, CRLF as LF; null when it is too long or has control characters besides LF and TAB.</summary>
    public static string? Normalize(string text)
    {
        // Longer than any that fits: not looked at.
        if (text.Length > 2 * MaxBytes)
            return null;
        var reason = text.ReplaceLineEndings("\n").Trim();
        if (Encoding.UTF8.GetByteCount(reason) > MaxBytes)
            return null;
        foreach (var rune in reason.EnumerateRunes())
            // U+FFFD also stands for a lone surrogate here.
            if (rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')))
                return null;
        return reason;
    }
}
