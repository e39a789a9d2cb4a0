using System.Globalization;

namespace Minato.Torture.Histories;

/// <summary>What clients write: a body names the id under which it is sent, and the rest of it follows from that, so that one look tells whether it is whole.</summary>
internal static class BodyText
{
    private static readonly string[] Words = ["港", "船", "harbour", "灯台", "tide", "🌊", "anchor", "é", "\"quoted\"", "back\\slash", "<b>", "#nowhere"];

    /// <param name="id">Without spaces.</param>
    /// <param name="words">How many follow it; one line unless <paramref name="lines"/>.</param>
    public static string Of(string id, int words, bool lines = false)
    {
        var separator = lines ? "\n" : " ";
        return string.Join(' ', [id, words.ToString(CultureInfo.InvariantCulture) + (lines ? "n" : "")]) + (words > 0 ? " " : "") + string.Join(separator, Rest(id, words));
    }

    /// <summary>The id of a body; "?" and the beginning of it where it is not one that anybody wrote whole.</summary>
    public static string IdOf(string body)
    {
        var fields = body.Split(' ', 3);
        var lines = fields.Length > 1 && fields[1].EndsWith('n');
        return fields.Length > 1 && int.TryParse(lines ? fields[1][..^1] : fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var words) && words <= 4096
            && Of(fields[0], words, lines) == body
            ? fields[0]
            : "?" + Uri.EscapeDataString(body.Length > 40 ? body[..40] : body);
    }

    /// <summary>The same of the beginning of a body, as a protocol has it that splits lines and long texts.</summary>
    public static string IdOfPiece(string piece)
    {
        var fields = piece.Split(' ', 3);
        var lines = fields.Length > 1 && fields[1].EndsWith('n');
        return fields.Length > 1 && int.TryParse(lines ? fields[1][..^1] : fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var words) && words <= 4096
            && Of(fields[0], words, lines).StartsWith(piece, StringComparison.Ordinal)
            ? fields[0]
            : IdOf(piece);
    }

    private static IEnumerable<string> Rest(string id, int words)
    {
        var state = 2166136261u;
        foreach (var c in id)
            state = (state ^ c) * 16777619;
        for (var i = 0; i < words; i++)
        {
            state = state * 1664525 + 1013904223;
            yield return Words[(int)(state >> 16) % Words.Length];
        }
    }
}
