using Minato.Core.Rooms;
using Minato.Core.Storage;

namespace Minato.Core.Search;

/// <summary>
/// Which messages have which tokens: derived from the log, behind it, and made again from it whenever it is lost. It only says where
/// to look. Who may see a message, and whether it still says so, is asked of the store.
/// One caller at a time changes it; any number search beside it.
/// </summary>
public interface ISearchIndex : IAsyncDisposable
{
    /// <summary>How far each room is indexed.</summary>
    /// <exception cref="SearchIndexException">It is damaged, or cannot be opened.</exception>
    ValueTask<IReadOnlyDictionary<RoomId, LogMark>> ReadMarksAsync(CancellationToken cancel);

    /// <summary>
    /// Takes over what rooms' messages are now, and how far each room is indexed with it, in one transaction. The same again
    /// changes nothing; a mark may go back, where a room is indexed anew.
    /// </summary>
    /// <exception cref="StoreFullException">No space: nothing was changed; the same may succeed later.</exception>
    /// <exception cref="SearchIndexException">It is damaged, or cannot be opened.</exception>
    ValueTask ApplyAsync(IReadOnlyList<RoomChanges> changes, CancellationToken cancel);

    /// <summary>Messages that have all of the tokens, the newest first. Some may be deleted, edited since, or not for everybody.</summary>
    /// <exception cref="SearchIndexException">It is damaged, or cannot be opened.</exception>
    ValueTask<IReadOnlyList<Candidate>> FindAsync(CandidateRequest request, CancellationToken cancel);

    /// <summary>
    /// Housekeeping while there is nothing to index: forgets what rooms no longer keep, and lets the words of deleted messages leave
    /// the disk, too.
    /// </summary>
    /// <returns>Whether there is more of it to do.</returns>
    /// <exception cref="StoreFullException">As for <see cref="ApplyAsync"/>.</exception>
    /// <exception cref="SearchIndexException">As for <see cref="ApplyAsync"/>.</exception>
    ValueTask<bool> MaintainAsync(CancellationToken cancel);

    /// <summary>Forgets everything, damaged or not: it is to be built anew.</summary>
    /// <exception cref="SearchIndexException">Not even that is possible.</exception>
    ValueTask ClearAsync(CancellationToken cancel);
}

/// <summary>The index cannot be used, for now or for good. Nothing is lost: it is derived from the log.</summary>
public sealed class SearchIndexException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Only <see cref="ISearchIndex.ClearAsync"/> helps. Else the same may succeed later.</summary>
    public bool IsDamaged { get; init; }
}

/// <summary>What to look for, and where.</summary>
/// <param name="Tokens">At least one.</param>
/// <param name="Room">Null: in all rooms.</param>
/// <param name="Before">Only what comes after this <see cref="Candidate.Place"/> in the order of results.</param>
public sealed record CandidateRequest(IReadOnlyList<SearchToken> Tokens, RoomId? Room, long? Before, int Limit);

/// <summary>A message that may be what is looked for.</summary>
/// <param name="Place">Grows with the message's time; the same message may have a slightly other one in an index built anew.</param>
public readonly record struct Candidate(long Place, RoomId Room, long Seq);
