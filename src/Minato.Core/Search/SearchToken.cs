namespace Minato.Core.Search;

/// <summary>
/// What an index is asked for: a token that a message must have, or the beginning of one. Tokens are folded, without ASCII
/// punctuation or space, and at most <see cref="MaxUnits"/> characters long.
/// </summary>
/// <param name="IsPrefix">Any token that begins so will do.</param>
public readonly record struct SearchToken(string Text, bool IsPrefix)
{
    /// <summary>Code points; a longer word (a URL's, a key's) is indexed by its beginning.</summary>
    public const int MaxUnits = 32;
}
