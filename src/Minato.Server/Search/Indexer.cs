using Microsoft.Extensions.Logging;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Server.Log;

namespace Minato.Server.Search;

/// <summary>
/// Brings the search index level with the log, behind the writer and never in its way: whatever goes wrong here, posts are saved and
/// read as ever. It owns the index.
/// </summary>
internal sealed partial class Indexer : IAsyncDisposable
{
    /// <summary>Events read at once, and messages in one transaction of the index: some ten milliseconds.</summary>
    private const int EventsAtOnce = 500, MessagesAtOnce = 500;

    private const int HeadsAtOnce = 1_000;

    /// <summary>Further behind than this in one room is not complete.</summary>
    private const int FewEvents = 5_000;

    /// <summary>After trouble: soon enough to notice that it is over, doubled each time up to the second.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    private readonly IStore _store;
    private readonly ISearchIndex _index;
    private readonly ChangedRooms _changed;
    private readonly TimeProvider _clock;
    private readonly ILogger<Indexer> _log;
    private readonly IndexPace _pace;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RoomChanges> _batch = [];
    private Dictionary<RoomId, LogMark>? _marks;
    private volatile IndexProgress _progress = new(0, 0, IsComplete: false);
    private volatile bool _isDamaged;
    private TaskCompletionSource? _rebuilt;

    /// <summary>How many events there had been when that was taken up which is indexed now.</summary>
    private long _takenAt;
    private Task _loop = Task.CompletedTask;

    internal Indexer(IStore store, ISearchIndex index, ChangedRooms changed, TimeProvider clock, ILogger<Indexer> log)
    {
        _store = store;
        _index = index;
        _changed = changed;
        _clock = clock;
        _log = log;
        _pace = new IndexPace(changed, clock);
    }

    internal IndexProgress Progress => _progress;

    /// <summary>Events that are committed and not indexed yet, in all rooms.</summary>
    internal long Lag
    {
        get
        {
            var progress = _progress;
            var behind = _changed.Events - Volatile.Read(ref _takenAt);
            return behind + (progress.IsComplete ? 0 : Math.Max(0, progress.Total - progress.Done));
        }
    }

    internal void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Somebody who searched found it damaged: it is built anew.</summary>
    internal void ReportDamage()
    {
        _isDamaged = true;
        _changed.Wake();
    }

    /// <summary>Builds the index anew while searches go on; completes when it is whole again.</summary>
    internal Task RebuildAsync()
    {
        var rebuilt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rebuilt = Interlocked.CompareExchange(ref _rebuilt, rebuilt, null) ?? rebuilt;
        ReportDamage();
        return rebuilt.Task;
    }

    /// <summary>Indexes everything that was committed before the call. The loop's work, one round of it.</summary>
    internal async Task BringLevelAsync(CancellationToken cancel)
    {
        _pace.StartWork();
        try
        {
            if (_isDamaged)
                await ClearAsync(cancel);
            if (_marks is null)
                await CatchUpAsync(cancel);
            await IndexChangedAsync(cancel);
            while (await _index.MaintainAsync(cancel))
                await IndexChangedAsync(cancel);
        }
        catch
        {
            // What was taken may not have been applied: the index's own marks say from where to go on.
            (_marks, _progress) = (null, _progress with { IsComplete = false });
            _batch.Clear();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        Interlocked.Exchange(ref _rebuilt, null)?.SetCanceled();
        await _index.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var (pause, trouble) = (FirstPause, (string?)null);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await BringLevelAsync(_stop.Token);
                if (!_isDamaged)
                    Interlocked.Exchange(ref _rebuilt, null)?.SetResult();
                if (trouble is not null)
                    LogWell();
                (pause, trouble) = (FirstPause, null);
                await _changed.WhenAnyAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _isDamaged |= e is SearchIndexException { IsDamaged: true };
                // Said once: the same trouble comes again with every try.
                if (trouble != e.Message)
                    LogTrouble(e.Message, e is StoreException or SearchIndexException ? null : e);
                trouble = e.Message;
                await Task.Delay(pause, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            }
        }
    }

    private async Task ClearAsync(CancellationToken cancel)
    {
        LogRebuild();
        (_marks, _progress) = (null, new IndexProgress(0, 0, IsComplete: false));
        await _index.ClearAsync(cancel);
        _isDamaged = false;
    }

    /// <summary>All rooms, those of the newest messages first: a search soon finds what is sought most.</summary>
    private async Task CatchUpAsync(CancellationToken cancel)
    {
        var events = _changed.Events;
        _marks = new Dictionary<RoomId, LogMark>(await _index.ReadMarksAsync(cancel));
        var rooms = new List<(RoomId Room, RoomHead Head)>();
        while (await _store.ReadHeadsAsync(rooms.Count == 0 ? default : rooms[^1].Room, HeadsAtOnce, cancel) is { Count: > 0 } page)
            rooms.AddRange(page);
        // What a room no longer keeps shows in no event: those that ever lost something are always looked at.
        var behind = rooms.Where(r => Mark(r.Room) != new LogMark(r.Head.Seq, r.Head.Ts) || r.Head.FirstSeq > 1).OrderByDescending(r => r.Head.Ts).ToList();
        Volatile.Write(ref _takenAt, events);
        _progress = new IndexProgress(rooms.Sum(r => Math.Min(Mark(r.Room).Seq, r.Head.Seq)), rooms.Sum(r => r.Head.Seq), IsComplete: false);
        var (began, before, isAll) = (_clock.GetTimestamp(), _progress.Done, true);
        foreach (var (room, _) in behind)
        {
            await IndexAsync(room, cancel);
            // Rooms that are level already stay so while others catch up.
            var changed = _changed.Take();
            isAll &= changed is not null;
            foreach (var other in changed ?? [])
                await IndexAsync(other, cancel);
        }
        await FlushAsync(cancel);
        if (_progress.Done - before > EventsAtOnce)
            LogCaughtUp(_progress.Done - before, _clock.GetElapsedTime(began).TotalSeconds);
        _progress = _progress with { IsComplete = isAll };
        if (!isAll)
            await CatchUpAsync(cancel);
    }

    private async Task IndexChangedAsync(CancellationToken cancel)
    {
        var events = _changed.Events;
        if (_changed.Take() is not { } rooms)
        {
            await CatchUpAsync(cancel);
            return;
        }
        foreach (var room in rooms)
            await IndexAsync(room, cancel);
        await FlushAsync(cancel);
        Volatile.Write(ref _takenAt, events);
        _progress = _progress with { IsComplete = true };
    }

    private async Task IndexAsync(RoomId room, CancellationToken cancel)
    {
        for (var isMore = true; isMore;)
        {
            var mark = Mark(room);
            var stretch = await _store.ReadChangesAsync(room, mark.Seq, EventsAtOnce, cancel);
            if (stretch.After != mark)
            {
                // A log that was restored from a backup, and perhaps went on differently: what is known of this room may not be so.
                LogOtherLog(room.Value, mark.Seq);
                _marks!.Remove(room);
                _progress = _progress with { Done = Math.Max(0, _progress.Done - mark.Seq) };
                continue;
            }
            if (stretch.Head - mark.Seq > FewEvents)
                _progress = _progress with { IsComplete = false };
            _batch.Add(stretch.Changes);
            _marks![room] = stretch.Changes.UpTo;
            _progress = _progress with { Done = _progress.Done + stretch.Changes.UpTo.Seq - mark.Seq };
            isMore = stretch.Changes.UpTo.Seq < stretch.Head;
            if (_batch.Count >= MessagesAtOnce || _batch.Sum(c => c.Messages.Count) >= MessagesAtOnce)
                await FlushAsync(cancel);
        }
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        if (_batch.Count == 0)
            return;
        await _index.ApplyAsync(_batch, cancel);
        _batch.Clear();
        await _pace.RestAsync(cancel);
    }

    private LogMark Mark(RoomId room) => _marks!.GetValueOrDefault(room);

    [LoggerMessage(220, LogLevel.Warning, "Search is behind: {Message} It goes on trying; posting and reading are not concerned.")]
    private partial void LogTrouble(string message, Exception? e);

    [LoggerMessage(221, LogLevel.Information, "The search index is well again.")]
    private partial void LogWell();

    [LoggerMessage(222, LogLevel.Information, "The search index is built anew; searches find more and more meanwhile.")]
    private partial void LogRebuild();

    [LoggerMessage(223, LogLevel.Information, "The search index took over {Events} events in {Seconds:F1} s.")]
    private partial void LogCaughtUp(long events, double seconds);

    [LoggerMessage(224, LogLevel.Debug, "The log of room {Room} is not the one that was indexed up to {Seq}: it is indexed anew.")]
    private partial void LogOtherLog(long room, long seq);
}
