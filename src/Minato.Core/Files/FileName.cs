using System.Globalization;
using System.Text;

namespace Minato.Core.Files;

/// <summary>What an uploaded file is called: a name that no folder, header, terminal or reader of names takes for something else.</summary>
public static class FileName
{
    /// <summary>Bytes of UTF-8: what ext4, APFS and NTFS hold.</summary>
    public const int MaxBytes = 255;

    private const string Nameless = "file";

    /// <summary>Never refuses: what cannot stand in a name becomes <c>_</c> or goes, and a name that is too long keeps its ending.</summary>
    public static string Clean(string name)
    {
        var cleaned = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
            Append(cleaned, rune);
        // Windows drops dots and spaces at the end; at the beginning a dot hides the file.
        var text = cleaned.ToString().Trim(' ', '.');
        return text.Length == 0 ? Nameless : Shorten(text);
    }

    private static void Append(StringBuilder name, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            // Marks that turn the direction of writing make "exe.gpj" of "jpg.exe"; what joins emoji and letters stays.
            case UnicodeCategory.Format when rune.Value is not (0x200c or 0x200d):
            case UnicodeCategory.Control:
            case UnicodeCategory.Surrogate:
            case UnicodeCategory.OtherNotAssigned:
            case UnicodeCategory.PrivateUse:
                break;
            case UnicodeCategory.SpaceSeparator:
            case UnicodeCategory.LineSeparator:
            case UnicodeCategory.ParagraphSeparator:
                name.Append(' ');
                break;
            default:
                // No path, and nothing that Windows refuses.
                name.Append(rune.Value is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? "_" : rune.ToString());
                break;
        }
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
            return name;
        var dot = name.LastIndexOf('.');
        // An ending longer than any program's is none.
        var ending = dot > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= 32 ? name[dot..] : "";
        var room = MaxBytes - Encoding.UTF8.GetByteCount(ending);
        var kept = new StringBuilder();
        foreach (var rune in name.AsSpan(0, name.Length - ending.Length).EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            kept.Append(rune.ToString());
        }
        return kept.ToString().TrimEnd(' ', '.') + ending;
    }
}
