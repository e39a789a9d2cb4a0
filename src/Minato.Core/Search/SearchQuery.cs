using System.Text;

namespace Minato.Core.Search;

/// <summary>
/// What somebody searches for: words, all of which a message must have, and "phrases" in quotation marks. An index finds
/// candidates by <see cref="Tokens"/>; <see cref="FindIn"/> says whether one really has what was asked for.
/// </summary>
public sealed class SearchQuery
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 256;

    public const int MaxTerms = 16;

    /// <summary>Hits of each term that are told of one message.</summary>
    private const int MaxHits = 32;

    private readonly List<SearchTerm> _terms;

    private SearchQuery(List<SearchTerm> terms)
    {
        _terms = terms;
        Tokens = [.. terms.SelectMany(t => t.Tokens()).Distinct()];
    }

    /// <summary>At least one, each once.</summary>
    public IReadOnlyList<SearchToken> Tokens { get; }

    /// <summary>False: too long, too many terms, or nothing in it but punctuation.</summary>
    public static bool TryParse(string text, out SearchQuery query)
    {
        query = new SearchQuery(text.Length > MaxLength ? [] : [.. Terms(text).Where(t => !t.IsEmpty)]);
        return query._terms.Count <= MaxTerms && query.Tokens.Count > 0;
    }

    /// <summary>Where the terms stand in a body, in order and not overlapping; null when one of them does not.</summary>
    public IReadOnlyList<TextRange>? FindIn(string body)
    {
        var text = FoldedText.Of(body);
        var hits = new List<TextRange>();
        foreach (var term in _terms)
        {
            var before = hits.Count;
            hits.AddRange(term.FindIn(text, MaxHits));
            if (hits.Count == before)
                return null;
        }
        return Merged(hits);
    }

    private static IEnumerable<SearchTerm> Terms(string text)
    {
        var word = new StringBuilder();
        var isPhrase = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // Straight, full-width and curly ones: what keyboards make of the key.
            var isQuote = rune.Value is '"' or '＂' or '“' or '”';
            if (isQuote || (!isPhrase && Rune.IsWhiteSpace(rune)))
            {
                yield return new SearchTerm(word.ToString(), isPhrase);
                word.Clear();
                isPhrase ^= isQuote;
            }
            else
                word.Append(rune);
        }
        yield return new SearchTerm(word.ToString(), isPhrase);
    }

    private static List<TextRange> Merged(List<TextRange> hits)
    {
        hits.Sort((a, b) => a.Start.CompareTo(b.Start));
        var merged = new List<TextRange>(hits.Count);
        foreach (var hit in hits)
            if (merged.Count > 0 && hit.Start <= merged[^1].End)
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, hit.End) };
            else
                merged.Add(hit);
        return merged;
    }
}
