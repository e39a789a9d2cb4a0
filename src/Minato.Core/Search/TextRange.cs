namespace Minato.Core.Search;

/// <summary>A part of a text, in UTF-16 code units: from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
public readonly record struct TextRange(int Start, int End);
