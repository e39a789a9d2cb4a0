using Minato.Server.Log;

namespace Minato.Server.Search;

/// <summary>How much of the machine the index may take: all it likes while few talk, little while many do. It rather falls behind.</summary>
internal sealed class IndexPace(ChangedRooms changed, TimeProvider clock)
{
    /// <summary>Where more is said in a second, the index rests nine times as long as it works: a tenth of one core.</summary>
    private const int BusyEventsPerSecond = 1_000, RestsForWork = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);

    private (long At, long Events) _since;

    internal void StartWork() => _since = (clock.GetTimestamp(), changed.Events);

    /// <summary>After a piece of work, before the next.</summary>
    internal async ValueTask RestAsync(CancellationToken cancel)
    {
        var worked = clock.GetElapsedTime(_since.At);
        if (changed.Events - _since.Events > BusyEventsPerSecond * worked.TotalSeconds)
            await Task.Delay(worked * RestsForWork > ShortestRest ? worked * RestsForWork : ShortestRest, clock, cancel);
        else
            // A store that answers at once would keep this thread for as long as there is something to index.
            await Task.Yield();
        StartWork();
    }
}
