using System.Text;

namespace Minato.Core.Text.Normalization;

/// <summary>
/// NFC and NFKC (https://unicode.org/reports/tr15/), our own: the executable runs without ICU, and in that mode
/// <see cref="string.Normalize()"/> gives back what it was given, so that ＡＬＩＣＥ could stand beside alice.
/// </summary>
internal static class NormalForm
{
    private const int FirstSyllable = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeFirstTail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    /// <summary>NFC: letters and their marks as one code point where there is one.</summary>
    /// <param name="text">Without lone surrogates.</param>
    internal static string Composed(string text) => Normalize(text, NormalizationData.Canonical);

    /// <summary>NFKC: as <see cref="Composed"/>, and width, ligatures and other forms of one letter folded.</summary>
    /// <param name="text">Without lone surrogates.</param>
    internal static string Folded(string text) => Normalize(text, NormalizationData.Compatible);

    /// <summary>Whether a character may become one with what stands before it, in either form: marks, half-width ﾞ and ﾟ, Hangul's vowels and tails.</summary>
    internal static bool JoinsPrevious(Rune rune)
    {
        var first = NormalizationData.Compatible.TryGetValue(rune.Value, out var parts) ? parts[0] : rune.Value;
        return NormalizationData.Class(first) != 0 || NormalizationData.Seconds.Contains(first)
            || first - FirstVowel is >= 0 and < Vowels || first - BeforeFirstTail is > 0 and < Tails;
    }

    private static string Normalize(string text, IReadOnlyDictionary<int, int[]> decompositions)
    {
        if (Ascii.IsValid(text))
            return text;
        var points = Decompose(text, decompositions);
        Order(points);
        Compose(points);
        var normal = new StringBuilder(points.Count);
        foreach (var point in points)
            normal.Append(new Rune(point));
        return normal.ToString();
    }

    private static List<int> Decompose(string text, IReadOnlyDictionary<int, int[]> decompositions)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var syllable = rune.Value - FirstSyllable;
            if (syllable is >= 0 and < Syllables)
            {
                points.Add(FirstLead + (syllable / (Vowels * Tails)));
                points.Add(FirstVowel + (syllable % (Vowels * Tails) / Tails));
                if (syllable % Tails != 0)
                    points.Add(BeforeFirstTail + (syllable % Tails));
            }
            else if (decompositions.TryGetValue(rune.Value, out var parts))
                points.AddRange(parts);
            else
                points.Add(rune.Value);
        }
        return points;
    }

    /// <summary>Marks of different classes in the order of their classes; those of one class keep theirs.</summary>
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, ccc) = (points[i], NormalizationData.Class(points[i]));
            var at = i;
            for (; ccc != 0 && at > 0 && NormalizationData.Class(points[at - 1]) > ccc; at--)
                points[at] = points[at - 1];
            points[at] = point;
        }
    }

    private static void Compose(List<int> points)
    {
        var (starter, kept, lastClass) = (-1, 0, 0);
        foreach (var point in points.ToArray())
        {
            var ccc = NormalizationData.Class(point);
            // Blocked by a mark of the same or a higher class, or by anything between two starters (lastClass is -1 right after one).
            if (starter >= 0 && lastClass < ccc && Pair(points[starter], point) is { } composed)
            {
                points[starter] = composed;
                continue;
            }
            if (ccc == 0)
                (starter, lastClass) = (kept, -1);
            else
                lastClass = ccc;
            points[kept++] = point;
        }
        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Pair(int first, int second)
    {
        if (first - FirstLead is >= 0 and < Leads && second - FirstVowel is >= 0 and < Vowels)
            return FirstSyllable + ((((first - FirstLead) * Vowels) + (second - FirstVowel)) * Tails);
        var syllable = first - FirstSyllable;
        if (syllable is >= 0 and < Syllables && syllable % Tails == 0 && second - BeforeFirstTail is > 0 and < Tails)
            return first + (second - BeforeFirstTail);
        return NormalizationData.Pairs.TryGetValue((first, second), out var composed) ? composed : null;
    }
}
