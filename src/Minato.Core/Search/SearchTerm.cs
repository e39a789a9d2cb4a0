namespace Minato.Core.Search;

/// <summary>
/// One thing that a message must have: a word (which may go on: <c>serv</c> finds servers), a piece of Japanese (wherever it
/// stands), or a phrase in quotation marks (to the letter, whole words).
/// </summary>
internal sealed class SearchTerm
{
    /// <summary>Sentence marks around a word are not meant: 東京？ and (Tokyo) are searched without. # + @ / _ and the like are.</summary>
    private const string Before = "([{<'「『【〈《", After = ",.;:!?)]}>'、。」』】〉》";

    private readonly FoldedText _text;
    private readonly int _first;
    private readonly int _end;
    private readonly bool _isPhrase;

    /// <summary>A word may go on in the message, but one letter alone is a word of its own: C finds C and C#, and not every cat.</summary>
    private readonly bool _mayGoOn;

    internal SearchTerm(string written, bool isPhrase)
    {
        _text = FoldedText.Of(written);
        _isPhrase = isPhrase;
        _end = _text.Count;
        while (_first < _end && IsAround(_text[_first], Before))
            _first++;
        while (_end > _first && IsAround(_text[_end - 1], After))
            _end--;
        _mayGoOn = !isPhrase && !(_end > _first && IsWord(_end - 1) && !(_end - 1 > _first && IsWord(_end - 2)));
    }

    internal bool IsEmpty => _first == _end;

    /// <summary>What every message with this term has among its <see cref="BodyTokens"/>; having it is not enough.</summary>
    internal IEnumerable<SearchToken> Tokens()
    {
        foreach (var run in TokenRun.In(_text))
        {
            var (first, end) = (Math.Max(run.First, _first), Math.Min(run.End, _end));
            if (first >= end)
                continue;
            if (run.Kind == UnitKind.Word)
                yield return new SearchToken(run.Word(_text), IsPrefix: end == _end && _mayGoOn && end - first < SearchToken.MaxUnits);
            else if (end - first == 1)
                // Inside the term its run ends here, in the message too, where the last of a run is a token.
                yield return new SearchToken(_text.Text(first, end), IsPrefix: end == _end);
            else
                for (var i = first; i + 1 < end; i++)
                    yield return new SearchToken(_text.Text(i, i + 2), IsPrefix: false);
        }
    }

    /// <summary>Where the term stands in a text, as ranges of the original, not overlapping; at most <paramref name="limit"/>.</summary>
    internal IEnumerable<TextRange> FindIn(FoldedText text, int limit)
    {
        for (var at = 0; at + Length <= text.Count && limit > 0; at++)
        {
            if (!StandsAt(text, at))
                continue;
            yield return new TextRange(text[at].Start, text[at + Length - 1].End);
            limit--;
            at += Length - 1;
        }
    }

    private int Length => _end - _first;

    private bool StandsAt(FoldedText text, int at)
    {
        for (var i = 0; i < Length; i++)
            if (text[at + i].Point != _text[_first + i].Point)
                return false;
        return !(at > 0 && IsInWord(text, at)) && (_mayGoOn || at + Length == text.Count || !IsInWord(text, at + Length));
    }

    /// <summary>Whether a place is between two letters of one word.</summary>
    private static bool IsInWord(FoldedText text, int at) => text[at].Kind == UnitKind.Word && text[at - 1].Kind == UnitKind.Word;

    private bool IsWord(int index) => _text[index].Kind == UnitKind.Word;

    private bool IsAround(FoldedUnit unit, string marks) =>
        unit.Kind == UnitKind.Separator && (unit.Point == ' ' || (!_isPhrase && unit.Point <= char.MaxValue && marks.Contains((char)unit.Point)));
}
