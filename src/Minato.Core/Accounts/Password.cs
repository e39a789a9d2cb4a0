using System.Globalization;
using System.Text;
using Minato.Core.Text;
using Minato.Core.Text.Normalization;

namespace Minato.Core.Accounts;

// The OpaqueString profile as far as it is about what one types: https://www.rfc-editor.org/rfc/rfc8265#section-4.2.2
/// <summary>
/// What may be a password, in the one form that is hashed: é typed as one key or as two is the same password, and so is a space from
/// a Japanese keyboard.
/// </summary>
public static class Password
{
    /// <summary>Bytes of UTF-8 of a new one, where the operator says no other number. NIST SP 800-63B asks for 8 characters at least.</summary>
    public const int MinBytes = 8;

    /// <summary>Bytes of UTF-8: more than any sentence one remembers, and little to hash.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Null where the text cannot be a password: it is too short, too long, or has what no keyboard types.</summary>
    /// <param name="least">Bytes; of one that is verified 1, since it may be from another time.</param>
    public static string? Normalize(string text, int least)
    {
        // A character is a byte at least: what is longer cannot become short enough.
        if (text.Length is 0 or > MaxBytes || !NameRules.IsWellFormed(text))
            return null;
        var typed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    return null;
                case UnicodeCategory.SpaceSeparator:
                    typed.Append(' ');
                    break;
                default:
                    typed.Append(rune);
                    break;
            }
        var password = NormalForm.Composed(typed.ToString());
        return Encoding.UTF8.GetByteCount(password) is <= MaxBytes and var length && length >= least ? password : null;
    }
}
