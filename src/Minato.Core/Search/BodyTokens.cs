namespace Minato.Core.Search;

/// <summary>
/// The tokens by which a message is found, the same for every engine: words as they are; runs of a script without spaces as
/// pairs of neighbours, and the last character of a run alone, so that whatever begins with one character finds any of the run.
/// </summary>
public static class BodyTokens
{
    /// <summary>Raised when the same body makes other tokens: an index of another version is built anew.</summary>
    public const int Version = 1;

    /// <summary>Each once.</summary>
    public static IReadOnlyCollection<string> Of(string body)
    {
        var text = FoldedText.Of(body);
        var tokens = new HashSet<string>();
        foreach (var run in TokenRun.In(text))
            if (run.Kind == UnitKind.Word)
                tokens.Add(run.Word(text));
            else
            {
                for (var i = run.First; i + 1 < run.End; i++)
                    tokens.Add(text.Text(i, i + 2));
                tokens.Add(text.Text(run.End - 1, run.End));
            }
        return tokens;
    }
}
