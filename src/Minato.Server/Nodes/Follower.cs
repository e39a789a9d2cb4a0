using Microsoft.Extensions.Logging;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Server.Nodes.Here;
using Minato.Server.Rooms;

namespace Minato.Server.Nodes;

/// <summary>
/// Makes known here what other nodes commit: reads the log of the rooms that have somebody here from where they are here, and hands it to the
/// publisher, in order. It looks when it is told to, and every second whatever it is told: hints may be lost, the log is not. Its thread is its own,
/// because it waits for another machine.
/// </summary>
internal sealed partial class Follower : IAsyncDisposable
{
    /// <summary>Between two looks that nobody asked for.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Events read at a time; bodies are at most 16 KiB.</summary>
    private const int Step = 128;

    /// <summary>Of one room in a turn.</summary>
    private const int MaxPieces = 8;

    private readonly ICommitFeed _feed;
    private readonly LiveRooms _rooms;
    private readonly Publisher _publisher;
    private readonly NodeLink _link;
    private readonly OtherChanges _changes;
    private readonly HereTeller _here;
    private readonly TimeProvider _clock;
    private readonly ILogger<Follower> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How far rooms were handed to the publisher, which may not have come to it yet. Forgotten with each look: then what is not there is handed on again.</summary>
    private readonly Dictionary<RoomId, long> _handed = [];
    private Task _listening = Task.CompletedTask;
    private ChangeMark? _mark;
    private long _lookedAt;
    private string? _trouble;
    private bool _isStarted;

    internal Follower(
        ICommitFeed feed, LiveRooms rooms, Publisher publisher, NodeLink link, OtherChanges changes, TimeProvider clock, ILogger<Follower> log)
    {
        (_feed, _rooms, _publisher, _link, _changes, _clock, _log) = (feed, rooms, publisher, link, changes, clock, log);
        _here = new HereTeller(feed, rooms, link, clock);
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>Begins, before anybody is here. Without it, whoever made it takes its turns by <see cref="RunOnce"/>, and it hears nothing.</summary>
    internal async Task StartAsync(CancellationToken cancel)
    {
        _mark = (await _feed.ReadChangesAsync(after: null, cancel)).Mark;
        _link.Followed(_clock.GetTimestamp());
        _listening = Task.Run(ListenAsync, CancellationToken.None);
        new Thread(Run) { Name = "minato follower", IsBackground = true }.Start();
        _isStarted = true;
    }

    /// <summary>Follows no more. The writer must have ended before, and the publisher not yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _link.Hints.Close();
        await _listening;
        if (_isStarted)
            await _ended.Task;
        _stop.Dispose();
    }

    /// <summary>One turn: looks for what was hinted at, or for everything when it is time.</summary>
    /// <returns>False once it was told to stop.</returns>
    internal bool RunOnce(bool waits)
    {
        if (!_link.Hints.Take(waits ? UntilLook : TimeSpan.Zero, out var hinted))
            return false;
        try
        {
            if (hinted.IsLook || UntilLook == TimeSpan.Zero)
                Look();
            else if (hinted.IsBeside)
                LookBeside();
            foreach (var room in hinted.Rooms)
                CatchUp(room);
            if (hinted.IsWhisper)
                TellOfThoseHere(isDue: false);
            if (_trouble is not null)
                LogWell();
            _trouble = null;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // What was hinted at is found by the next look. Said once: the same trouble comes again with every one.
            if (_trouble != e.Message)
                LogTrouble(e.Message, e is StoreException ? null : e);
            _trouble = e.Message;
        }
        return true;
    }

    private TimeSpan UntilLook
    {
        get
        {
            var left = LookEvery - _clock.GetElapsedTime(_lookedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private void Run()
    {
        try
        {
            while (RunOnce(waits: true))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop in the middle of a look.
        }
        _ended.SetResult();
    }

    /// <summary>How far all rooms have come in which somebody is, and those that somebody waits for.</summary>
    private void Look()
    {
        _lookedAt = _clock.GetTimestamp();
        _handed.Clear();
        foreach (var payload in _link.Guesses.Take(_link.Name))
            _feed.Whisper(payload);
        var here = _rooms.Loaded.ToDictionary(r => r.Id, r => r.Head.Seq);
        var heads = Wait(_feed.ReadHeadsAsync([.. here.Keys.Union(_rooms.Waiters.Rooms)], _stop.Token));
        if (heads.Any(h => h.Head.Seq < here.GetValueOrDefault(h.Room)))
        {
            LogWentBack();
            _changes.SendEverybodyAway();
        }
        foreach (var (room, head) in heads)
            try
            {
                CatchUp(room, head);
            }
            catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or StoreException))
            {
                // One room's trouble is its own, such as an event of a kind that a newer version knows.
                LogRoomTrouble(room.Value, e);
            }
        LookBeside();
        _link.Followed(_lookedAt);
        TellOfThoseHere(isDue: true);
    }

    /// <summary>What others say of it first: they may ask.</summary>
    private void TellOfThoseHere(bool isDue)
    {
        var telling = _here.MakeKnownAsync(_stop.Token);
        if (!telling.IsCompletedSuccessfully)
            telling.WaitAsync(_stop.Token).GetAwaiter().GetResult();
        _here.Tell(isDue);
    }

    /// <summary>What changed besides the log. Where it cannot be told, it is looked for again: the mark stays.</summary>
    private void LookBeside()
    {
        var page = Wait(_feed.ReadChangesAsync(_mark, _stop.Token));
        if (page.IsIncomplete)
        {
            LogAwayTooLong();
            _changes.SendEverybodyAway();
        }
        else if (page.Changes.Count > 0)
            MakeKnown(page.Changes);
        _mark = page.Mark;
    }

    private void MakeKnown(IReadOnlyList<NodeChange> changes)
    {
        try
        {
            if (Wait(_changes.ReadAsync(changes, _stop.Token)) is not { } known)
                return;
            _link.Own.AwaitHandedOn();
            _publisher.Enqueue(known);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or StoreException))
        {
            // A bug of ours is not to stand in the way of all that follows.
            LogChangesTrouble(e);
        }
    }

    private void CatchUp(RoomId room, RoomHead head)
    {
        _rooms.Waiters.RingIfBehind(room, head.Seq);
        if (_rooms.Find(room) is not { IsLoaded: true } live)
            return;
        var here = live.Head;
        if (head.Seq > here.Seq)
            CatchUp(room);
        // What a room no longer keeps shows in no event.
        if (head.FirstSeq > here.FirstSeq)
            _publisher.Enqueue(new CommittedBatch([], []) { Trimmed = [new Trimmed(room, head.FirstSeq, head.TrimmedPosts)] });
    }

    private void CatchUp(RoomId room)
    {
        if (_rooms.Find(room) is not { IsLoaded: true } live)
        {
            // Nobody is here, but somebody may wait for what there is to ask for.
            _rooms.Waiters.Ring(room);
            return;
        }
        var after = Math.Max(live.Head.Seq, _handed.GetValueOrDefault(room));
        for (var pieces = 0; pieces < MaxPieces; pieces++)
        {
            if (Wait(_feed.ReadLogAsync(room, after, Step, _stop.Token)) is not { Events.Count: > 0 } piece)
                return;
            _link.Own.AwaitHandedOn(room);
            _publisher.Enqueue(Elsewhere.Batch(piece));
            _handed[room] = after = piece.Events[^1].Event.Seq;
            if (after >= piece.Head.Seq)
                return;
        }
        // In a room that grows as fast as it is read, others would wait for ever.
        _link.Hints.Add(new CommitHint(room, after));
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
            try
            {
                await _feed.ListenAsync(Hear, HearWhisper, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                LogDeaf(e.Message);
                await Task.Delay(LookEvery, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private void Hear(CommitHint hint)
    {
        // The first one, when it begins to hear.
        if (hint == CommitHint.Look)
            _here.Ask();
        _link.Hints.Add(hint);
    }

    private void HearWhisper(string payload)
    {
        // Said before the connection was another one, perhaps.
        if (!payload.StartsWith(_link.Name, StringComparison.Ordinal) && !_link.Guesses.TryHear(payload))
            _here.Hear(payload);
    }

    private T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().WaitAsync(_stop.Token).GetAwaiter().GetResult();

    [LoggerMessage(230, LogLevel.Error, "What other servers on the database say is not seen here: {Message} It goes on trying.")]
    private partial void LogTrouble(string message, Exception? e);

    [LoggerMessage(231, LogLevel.Information, "What other servers on the database say is seen again.")]
    private partial void LogWell();

    [LoggerMessage(234, LogLevel.Warning, "What other servers on the database changed was not seen for minutes: everybody here is told to come back.")]
    private partial void LogAwayTooLong();

    [LoggerMessage(236, LogLevel.Error, "The database does not have what was told here: an older copy took its place. Everybody here is told to come back, and is shown what is there.")]
    private partial void LogWentBack();

    [LoggerMessage(235, LogLevel.Error, "What other servers changed could not be made known.")]
    private partial void LogChangesTrouble(Exception e);

    [LoggerMessage(233, LogLevel.Error, "What other servers said in room {Room} could not be read.")]
    private partial void LogRoomTrouble(long room, Exception e);

    [LoggerMessage(232, LogLevel.Warning, "{Message} Other servers are looked after every second instead.")]
    private partial void LogDeaf(string message);
}
