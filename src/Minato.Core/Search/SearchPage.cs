using Minato.Core.Rooms;

namespace Minato.Core.Search;

/// <summary>What somebody wants found.</summary>
/// <param name="Room">Null: in every room that one may see.</param>
/// <param name="Before">A <see cref="SearchPage.Next"/>: go on from there.</param>
/// <param name="Limit">1 to <see cref="MaxLimit"/> results.</param>
public sealed record SearchRequest(SearchQuery Query, RoomId? Room, long? Before, int Limit)
{
    public const int MaxLimit = 50;
    public const int DefaultLimit = 20;
}

/// <summary>Results, the newest first.</summary>
/// <param name="IsComplete">False: the index is being built, and there may be more than it knows.</param>
/// <param name="Next">Where to go on; null when there is no more. A page may hold few results, or none, and still go on.</param>
public sealed record SearchPage(bool IsComplete, long? Next, IReadOnlyList<SearchResult> Results);

/// <param name="Snippet">What stands around the first hit.</param>
public sealed record SearchResult(FoundMessage Found, IReadOnlyList<SnippetPart> Snippet);
