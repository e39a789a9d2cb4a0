using Microsoft.Extensions.Logging;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Server.Rooms;
using Minato.Server.Sessions;

namespace Minato.Server.Nodes;

/// <summary>
/// Makes known here what other nodes commit: reads the log of the rooms that have somebody here from where they are here, and hands it to the
/// publisher, in order. The log is not lost, as hints may be. What is changed besides it has another thread.
/// </summary>
internal sealed partial class Follower : NodeWatch
{
    /// <summary>Read at a time.</summary>
    private const int RoomsAtOnce = 32;

    /// <summary>Events of each, where it is one room and where there are more: bodies are at most 16 KiB.</summary>
    private const int StepOfOne = 128, Step = 32;

    /// <summary>Of one room in a turn.</summary>
    private const int MaxPieces = 8;

    private readonly ICommitFeed _feed;
    private readonly LiveRooms _rooms;
    private readonly NodeLink _link;
    private readonly Past _past;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <summary>
    /// How far rooms were handed to the publisher, which may not have come to it yet, and what they are called by then. Forgotten with each look: then
    /// what is not there is handed on again.
    /// </summary>
    private readonly Dictionary<RoomId, (long Seq, string? Slug)> _handed = [];
    private readonly CancellationTokenSource _stopListening = new();
    private Task _listening = Task.CompletedTask;

    internal Follower(
        ICommitFeed feed, LiveRooms rooms, SessionRegistry sessions, Publisher publisher, NodeLink link, OtherChanges changes, TimeProvider clock, ILogger<Follower> log)
        : base(link.Hints, clock, log)
    {
        link.Past = _past = new Past(feed, rooms, sessions, publisher, log);
        (_feed, _rooms, _link, _clock, _log) = (feed, rooms, link, clock, log);
        Changes = new ChangeFollower(feed, rooms, _past, link, changes, clock, log);
    }

    internal ChangeFollower Changes { get; }

    protected override string What => "say";

    /// <summary>Begins, before anybody is here. Without it, whoever made it takes the turns of both, and nothing is heard.</summary>
    internal async Task StartAsync(CancellationToken cancel)
    {
        await Changes.StartAsync(cancel);
        _link.Followed(_clock.GetTimestamp());
        _listening = Task.Run(ListenAsync, CancellationToken.None);
        Start("minato follower");
    }

    /// <summary>Follows no more. The writer must have ended before, and the publisher not yet.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Changes.DisposeAsync();
        await _stopListening.CancelAsync();
        await _listening;
        await base.DisposeAsync();
        _stopListening.Dispose();
    }

    protected override void Look(Hinted hinted)
    {
        if (hinted.IsLook)
            LookAtAll();
        CatchUp(hinted.Rooms);
    }

    /// <summary>How far all rooms have come in which somebody is, and those that somebody waits for.</summary>
    private void LookAtAll()
    {
        var lookedAt = _clock.GetTimestamp();
        _handed.Clear();
        foreach (var payload in _link.Guesses.Take(_link.Name))
            _feed.Whisper(payload);
        var timeline = _feed.Timeline;
        var here = _rooms.Loaded.ToDictionary(r => r.Id, r => r.Head);
        var heads = Wait(_feed.ReadHeadsAsync([.. here.Keys.Union(_rooms.Waiters.Rooms)], Stopping));
        _link.CheckPast();
        GiveUpWhatIsLost(here, heads);
        foreach (var (room, head) in heads)
            _rooms.Waiters.RingIfBehind(room, head.Seq);
        CatchUp(heads.Where(h => _rooms.Find(h.Room) is { IsLoaded: true } live && h.Head.Seq > live.Head.Seq).Select(h => h.Room));
        // What a room no longer keeps shows in no event. Where it cannot be told now, the next look finds it.
        foreach (var (room, head) in heads)
            if (_rooms.Find(room) is { IsLoaded: true } live && head.FirstSeq > live.Head.FirstSeq)
                _past.TryHandOn(new CommittedBatch([], []) { Trimmed = [new Trimmed(room, head.FirstSeq, head.TrimmedPosts)] }, timeline);
        _link.Followed(lookedAt);
    }

    /// <summary>Where a copy took the place of the database and nothing else tells: rooms that are here still, and have come less far than they had.</summary>
    private void GiveUpWhatIsLost(Dictionary<RoomId, RoomHead> before, IReadOnlyList<(RoomId Room, RoomHead Head)> now)
    {
        var lost = now.Where(n => before.TryGetValue(n.Room, out var had) && n.Head.Seq < had.Seq && _rooms.Find(n.Room) is { IsLoaded: true } live && live.Head.Seq >= had.Seq)
            .Select(n => (n.Room, before[n.Room])).ToList();
        if (lost.Count == 0)
            return;
        _link.Own.AwaitHandedOn();
        _past.GiveUp(lost);
    }

    /// <summary>Many at a time: each journey to the database, and each wait for what is being committed here, is one for all of them.</summary>
    private void CatchUp(IEnumerable<RoomId> rooms)
    {
        foreach (var some in rooms.Chunk(RoomsAtOnce))
            try
            {
                ReadOn(some);
            }
            catch (Exception e) when (IsOfOneRoom(e))
            {
                foreach (var room in some)
                    ReadOnAlone(room);
            }
    }

    private void ReadOnAlone(RoomId room)
    {
        try
        {
            ReadOn([room]);
        }
        catch (Exception e) when (IsOfOneRoom(e))
        {
            LogRoomTrouble(room.Value, e);
        }
    }

    /// <summary>One room's trouble is its own, such as an event of a kind that a newer version knows.</summary>
    private static bool IsOfOneRoom(Exception e) => e is not (OutOfMemoryException or OperationCanceledException or StoreException);

    private void ReadOn(IReadOnlyCollection<RoomId> rooms)
    {
        _link.CheckPast();
        var timeline = _feed.Timeline;
        var behind = new Dictionary<RoomId, (long Seq, string? Slug)>();
        foreach (var room in rooms)
            if (_rooms.Find(room) is { IsLoaded: true } live)
                behind.Add(room, _handed.TryGetValue(room, out var handed) && handed.Seq > live.Head.Seq ? handed : (live.Head.Seq, live.Room.Slug));
            else
                // Nobody is here, but somebody may wait for what there is to ask for.
                _rooms.Waiters.Ring(room);
        for (var pieces = 0; pieces < MaxPieces && behind.Count > 0; pieces++)
        {
            var read = Wait(_feed.ReadLogsAsync([.. behind.Select(b => (b.Key, b.Value.Seq))], behind.Count == 1 ? StepOfOne : Step, Stopping)).Where(p => p.Events.Count > 0).ToList();
            _link.Own.AwaitHandedOn([.. read.Select(p => p.Room.Id)]);
            var further = new Dictionary<RoomId, (long, string?)>();
            foreach (var piece in read)
            {
                var batch = Elsewhere.Batch(piece, behind[piece.Room.Id].Slug);
                if (!_past.TryHandOn(batch, timeline))
                {
                    // Nobody knows which past it is of: it is looked at anew.
                    _link.Hints.Add(CommitHint.Look);
                    return;
                }
                var now = _handed[piece.Room.Id] = (piece.Events[^1].Event.Seq, ((Logged)batch.Outcomes[^1]).Room.Slug);
                if (now.Seq < piece.Head.Seq)
                    further.Add(piece.Room.Id, now);
            }
            behind = further;
        }
        // In a room that grows as fast as it is read, others would wait for ever.
        foreach (var (room, (seq, _)) in behind)
            _link.Hints.Add(new CommitHint(room, seq));
    }

    private async Task ListenAsync()
    {
        while (!_stopListening.IsCancellationRequested)
            try
            {
                await _feed.ListenAsync(Hear, HearWhisper, _stopListening.Token);
            }
            catch (OperationCanceledException) when (_stopListening.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                LogDeaf(e.Message);
                await Task.Delay(LookEvery, _clock, _stopListening.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private void Hear(CommitHint hint)
    {
        // The first one, when it begins to hear.
        if (hint == CommitHint.Look)
            Changes.Here.Ask();
        _link.Hint(hint);
    }

    private void HearWhisper(string payload)
    {
        // Said before the connection was another one, perhaps.
        if (!payload.StartsWith(_link.Name, StringComparison.Ordinal) && !_link.Guesses.TryHear(payload))
            Changes.Here.Hear(payload);
    }

    [LoggerMessage(233, LogLevel.Error, "What other servers said in room {Room} could not be read.")]
    private partial void LogRoomTrouble(long room, Exception e);

    [LoggerMessage(232, LogLevel.Warning, "{Message} Other servers are looked after every second instead.")]
    private partial void LogDeaf(string message);
}
