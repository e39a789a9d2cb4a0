using Microsoft.Extensions.Logging;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Search;

/// <summary>
/// Answers a search: the index says where to look, the store says what of it this user may see and what it says now, and the query
/// says whether that is really what was asked for. So an index that is behind can hide something for a moment, and never tell
/// something that one may not know or that is gone.
/// </summary>
internal sealed partial class Searcher(IStore store, ISearchIndex index, Indexer indexer, TimeProvider clock, ILogger<Searcher> log) : IDisposable
{
    /// <summary>Candidates looked at for one page, and the time for it: what is common and mostly not for this user ends with a shorter page.</summary>
    private const int MaxCandidates = 2_000;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of bodies in one page, as in a page of history.</summary>
    private const int MaxBytes = 128 * 1024;

    /// <summary>Searches at once: half of the cores stay free for those who talk.</summary>
    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));

    internal IndexProgress Progress => indexer.Progress;

    /// <summary>Events that the index has not taken over yet.</summary>
    internal long Lag => indexer.Lag;

    /// <summary>Completes when the index was built anew; searches find more and more meanwhile.</summary>
    internal Task RebuildAsync() => indexer.RebuildAsync();

    internal async ValueTask<SearchPage> FindAsync(UserId? user, SearchRequest request, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            // Asked before: what becomes complete meanwhile may have been missed.
            var isComplete = indexer.Progress.IsComplete;
            var (results, next) = await CollectAsync(user, request, cancel);
            return new SearchPage(isComplete, next, results);
        }
        catch (SearchIndexException e)
        {
            LogTrouble(e.Message);
            if (e.IsDamaged)
                indexer.ReportDamage();
            return new SearchPage(IsComplete: false, Next: null, []);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private async ValueTask<(List<SearchResult> Results, long? Next)> CollectAsync(UserId? user, SearchRequest request, CancellationToken cancel)
    {
        var (results, bytes, began) = (new List<SearchResult>(), 0, clock.GetTimestamp());
        var place = request.Before;
        for (var (seen, look) = (0, IStore.MaxCandidates); seen < MaxCandidates; look = Math.Min(look * 4, MaxCandidates - seen))
        {
            // Each look costs the index its beginning again: they grow, where most is not for this user.
            var candidates = await index.FindAsync(new CandidateRequest(request.Query.Tokens, request.Room, place, look), cancel);
            foreach (var some in candidates.Chunk(IStore.MaxCandidates))
            {
                var visible = (await store.ReadFoundAsync(user, some, isEverywhere: request.Room is null, cancel)).ToDictionary(f => (f.Room.Id, f.Message.Seq));
                foreach (var candidate in some)
                {
                    if (visible.TryGetValue((candidate.Room, candidate.Seq), out var found) && Result(request.Query, found) is { } result)
                    {
                        bytes += found.Message.Body!.Value.Utf8.Length;
                        if (bytes > MaxBytes && results.Count > 0)
                            return (results, place);
                        results.Add(result);
                    }
                    place = candidate.Place;
                    if (results.Count == request.Limit)
                        return (results, place);
                }
                if (clock.GetElapsedTime(began) > MaxTime)
                    return (results, place);
            }
            if (candidates.Count < look)
                return (results, null);
            seen += candidates.Count;
        }
        return (results, place);
    }

    private static SearchResult? Result(SearchQuery query, FoundMessage found)
    {
        var body = found.Message.Body.ToString()!;
        return query.FindIn(body) is { } hits ? new SearchResult(found, Snippet.Of(body, hits)) : null;
    }

    [LoggerMessage(225, LogLevel.Warning, "A search found nothing: {Message}")]
    private partial void LogTrouble(string message);
}
