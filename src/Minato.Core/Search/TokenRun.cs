namespace Minato.Core.Search;

/// <summary>Neighbouring units of one kind that is not a separator: from <paramref name="First"/> to before <paramref name="End"/>.</summary>
internal readonly record struct TokenRun(UnitKind Kind, int First, int End)
{
    internal static IEnumerable<TokenRun> In(FoldedText text)
    {
        for (var first = 0; first < text.Count;)
        {
            var kind = text[first].Kind;
            var end = first + 1;
            while (end < text.Count && text[end].Kind == kind)
                end++;
            if (kind != UnitKind.Separator)
                yield return new TokenRun(kind, first, end);
            first = end;
        }
    }

    /// <summary>The token of a run that is a word.</summary>
    internal string Word(FoldedText text) => text.Text(First, Math.Min(End, First + SearchToken.MaxUnits));
}
