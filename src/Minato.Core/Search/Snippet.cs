using System.Globalization;

namespace Minato.Core.Search;

/// <summary>A part of a snippet, as it was written.</summary>
/// <param name="IsHit">It is what was searched for.</param>
public readonly record struct SnippetPart(string Text, bool IsHit);

/// <summary>What stands around the first hit of a message, never cut within what is one character to the eye.</summary>
public static class Snippet
{
    /// <summary>UTF-16 code units, about three lines on a phone.</summary>
    private const int Length = 160;

    private const int BeforeHit = 40;

    /// <summary>What is longer than this is no character but a pile of marks, and may be cut.</summary>
    private const int MaxCharacter = 64;

    private const string Cut = "…";

    /// <param name="hits">From <see cref="SearchQuery.FindIn"/> of the same body.</param>
    public static IReadOnlyList<SnippetPart> Of(string body, IReadOnlyList<TextRange> hits)
    {
        var borders = Borders(body);
        var start = body.Length <= Length ? 0 : AtOrAfter(borders, hits[0].Start - BeforeHit);
        var end = AtOrBefore(borders, start + Length);

        var parts = new List<SnippetPart>();
        var at = start;
        Add(start > 0 ? Cut : "", isHit: false);
        foreach (var hit in hits)
        {
            if (hit.Start >= end)
                break;
            // Whole characters: who looks for one of a family finds the family.
            var first = Math.Max(at, AtOrBefore(borders, hit.Start));
            var last = Math.Max(first, Math.Min(end, AtOrAfter(borders, hit.End)));
            Add(body[at..first], isHit: false);
            Add(body[first..last], isHit: true);
            at = last;
        }
        Add(body[at..end], isHit: false);
        Add(end < body.Length ? Cut : "", isHit: false);
        return parts;

        void Add(string text, bool isHit)
        {
            if (text.Length == 0)
                return;
            if (parts.Count > 0 && parts[^1].IsHit == isHit)
                parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
            else
                parts.Add(new SnippetPart(text, isHit));
        }
    }

    /// <summary>Where one may cut: between grapheme clusters (https://unicode.org/reports/tr29/).</summary>
    private static List<int> Borders(string text)
    {
        var borders = new List<int>(text.Length + 1) { 0 };
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            if (length > MaxCharacter)
                length = char.IsHighSurrogate(text[at + MaxCharacter - 1]) ? MaxCharacter - 1 : MaxCharacter;
            borders.Add(at += length);
        }
        return borders;
    }

    private static int AtOrBefore(List<int> borders, int place) => borders.BinarySearch(place) is >= 0 and var i ? borders[i] : borders[~borders.BinarySearch(place) - 1];

    private static int AtOrAfter(List<int> borders, int place) => borders.BinarySearch(place) is >= 0 and var i ? borders[i] : borders[~borders.BinarySearch(place)];
}
