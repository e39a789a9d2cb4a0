using System.Text;
using Minato.Core.Text.Normalization;

namespace Minato.Core.Search;

/// <summary>One folded character and the part of the original text that it stands for, in UTF-16 code units.</summary>
internal readonly record struct FoldedUnit(int Point, UnitKind Kind, int Start, int End);

/// <summary>
/// A text in the form in which two texts are the same to one who searches: width (NFKC) and case folded, joiners and drawing
/// selectors left out, white space one space. Each unit knows where it came from.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Marks on one letter that are folded together, as in Unicode's stream-safe format; the rest of a pile is folded on its own.</summary>
    private const int MaxCluster = 32;

    private readonly List<FoldedUnit> _units;

    private FoldedText(string original, List<FoldedUnit> units) => (Original, _units) = (original, units);

    internal string Original { get; }

    internal int Count => _units.Count;

    internal FoldedUnit this[int index] => _units[index];

    internal static FoldedText Of(string text)
    {
        var folded = new FoldedText(text, new List<FoldedUnit>(text.Length));
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfCluster(text, at, out var isPlain);
            if (isPlain)
                folded.Add(RuneAt(text, at, out _), at, end);
            else
                foreach (var rune in Fold(text[at..end]).EnumerateRunes())
                    folded.Add(rune, at, end);
            at = end;
        }
        return folded;
    }

    /// <summary>The units from one index to before another as text.</summary>
    internal string Text(int first, int end)
    {
        var text = new StringBuilder(end - first);
        for (var i = first; i < end; i++)
            text.Append(new Rune(_units[i].Point));
        return text.ToString();
    }

    /// <summary>A letter and what composes with it: folding each cluster alone gives the same as folding the whole text.</summary>
    private static int EndOfCluster(string text, int at, out bool isPlain)
    {
        isPlain = IsPlain(RuneAt(text, at, out var length));
        for (var (end, count) = (at + length, 1); ; end += length, count++)
        {
            if (end >= text.Length || count >= MaxCluster || RuneAt(text, end, out length) is var next && (IsPlain(next) || !NormalForm.JoinsPrevious(next)))
                return end;
            isPlain = false;
        }
    }

    /// <summary>What folds to itself, or to its small ASCII letter, and joins nothing: most of what is written in English, Japanese and Korean.</summary>
    private static bool IsPlain(Rune rune) => rune.Value is < 0x80 or (>= 0x3041 and <= 0x3096) or (>= 0x30A1 and <= 0x30FE)
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3);

    private static string Fold(string cluster)
    {
        var small = NormalForm.Folded(cluster)
            // Full case folding, where the platform's simple one keeps letters apart; and Turkish i's, with which anybody may write Istanbul.
            .Replace("ß", "ss", StringComparison.Ordinal).Replace("ẞ", "ss", StringComparison.Ordinal)
            .Replace("İ", "i", StringComparison.Ordinal).Replace("ı", "i", StringComparison.Ordinal)
            // Up and down, so that ς and σ, which share a capital, are one.
            .ToUpperInvariant().ToLowerInvariant().Replace("i\u0307", "i", StringComparison.Ordinal);
        return NormalForm.Folded(small);
    }

    private void Add(Rune rune, int start, int end)
    {
        if (UnitKinds.IsIgnored(rune))
            return;
        var plain = Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune.IsAscii ? Rune.ToLowerInvariant(rune) : WithPlainMark(rune);
        if (plain.Value == ' ' && _units.Count > 0 && _units[^1].Point == ' ')
            return;
        _units.Add(new FoldedUnit(plain.Value, UnitKinds.Of(plain, _units.Count > 0 ? _units[^1].Kind : UnitKind.Separator), start, end));
    }

    /// <summary>Marks that differ by keyboard and not by meaning: curly quotes, dashes, and the wave of 10〜20, which Windows writes ～.</summary>
    private static Rune WithPlainMark(Rune rune) => rune.Value switch
    {
        >= 0x2018 and <= 0x201B => new Rune('\''),
        >= 0x201C and <= 0x201F => new Rune('"'),
        (>= 0x2010 and <= 0x2015) or 0x2212 => new Rune('-'),
        0x301C => new Rune('~'),
        _ => rune,
    };

    /// <summary>A lone surrogate reads as U+FFFD.</summary>
    private static Rune RuneAt(string text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
        return rune;
    }
}
