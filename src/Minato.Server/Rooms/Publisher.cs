using Microsoft.Extensions.Logging;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Server.Log;
using Minato.Server.Nodes;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>What became durable together: commands and, one for one, their outcomes.</summary>
internal sealed record CommittedBatch(IReadOnlyList<Submission> Submissions, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>Rooms whose logs begin later than before.</summary>
    internal IReadOnlyList<Trimmed> Trimmed { get; init; } = [];

    /// <summary>Read from the log, where another node wrote it: some of it may be known here already.</summary>
    internal bool IsElsewhere { get; init; }
}

/// <summary>
/// Makes known what was committed, in the order of commits: what is erased is forgotten first; then every sender's answer, then each room's events as one run,
/// then who entered and left; last, one write for each connection. While it works, the writer commits on, so under load
/// several batches make one turn; and after a turn that was long and full it rests, so that what its receivers answer rides on the next one as well.
/// </summary>
internal sealed partial class Publisher : IAsyncDisposable
{
    /// <summary>Batches that may wait; then the writer waits, its inbox fills, and senders are told that the server is busy.</summary>
    private const int MaxWaiting = 16;

    private readonly LiveRooms _rooms;
    private readonly SessionRegistry _sessions;
    private readonly PeopleNews _people;
    private readonly ILogger<Publisher> _log;
    private readonly object _gate = new();
    private readonly Queue<CommittedBatch> _waiting = new();
    private readonly Dictionary<RoomId, (Room Room, List<RoomEvent> Run)> _runs = [];
    private readonly List<(Submission Submission, Outcome Outcome)> _moves = [];
    private readonly Dictionary<RoomId, List<ReadPosition>> _read = [];
    private readonly Turn _turn = new();
    private readonly List<CommittedBatch> _batches = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FanOutRest _rest = new();
    private readonly bool _isStepped;
    private bool _isAtWork;
    private bool _closed;

    /// <param name="isStepped">True: it has no thread, and whoever made it takes its turns by <see cref="RunOnce"/>.</param>
    internal Publisher(LiveRooms rooms, SessionRegistry sessions, ILogger<Publisher> log, bool isStepped = false)
    {
        _rooms = rooms;
        _sessions = sessions;
        _people = new PeopleNews(rooms, sessions);
        _log = log;
        _isStepped = isStepped;
        if (!isStepped)
            new Thread(Run) { Name = "minato publisher", IsBackground = true }.Start();
    }

    /// <summary>Called by the writer; waits while too much is to be made known.</summary>
    internal void Enqueue(CommittedBatch batch)
    {
        lock (_gate)
        {
            while (_waiting.Count >= MaxWaiting)
                Monitor.Wait(_gate);
            _waiting.Enqueue(batch);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all that was handed over is made known. Stepped, it takes the turns that this needs.</summary>
    internal void AwaitAllTold()
    {
        while (_isStepped && RunOnce(waits: false))
        {
        }
        lock (_gate)
            while (_waiting.Count > 0 || _isAtWork)
                Monitor.Wait(_gate);
    }

    /// <summary>Makes known what waits, and ends. The writer must have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
        await _ended.Task;
    }

    /// <summary>One turn: makes known all that waits.</summary>
    /// <returns>False where nothing waited: once it is closed.</returns>
    internal bool RunOnce(bool waits)
    {
        if (!Take(waits))
            return false;
        _rest.Begin();
        _turn.Begin();
        // Nobody is given the text again once somebody was answered that it is gone.
        foreach (var batch in _batches)
            Erase(batch);
        foreach (var batch in _batches)
            Answer(batch);
        foreach (var batch in _batches)
            Publish(batch);
        PublishWhatIsCollected();
        foreach (var trimmed in _batches.SelectMany(b => b.Trimmed))
            _rooms.Find(trimmed.Room)?.Trim(trimmed);
        _turn.End();
        foreach (var batch in _batches)
            foreach (var submission in batch.Submissions)
                submission.Lane?.Release();
        _batches.Clear();
        lock (_gate)
        {
            _isAtWork = false;
            Monitor.PulseAll(_gate);
        }
        return true;
    }

    private void Run()
    {
        while (RunOnce(waits: true))
            _rest.Rest();
        _ended.SetResult();
    }

    private bool Take(bool waits)
    {
        lock (_gate)
        {
            while (waits && _waiting.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            while (_waiting.TryDequeue(out var batch))
                _batches.Add(batch);
            Monitor.PulseAll(_gate);
            return _isAtWork = _batches.Count > 0;
        }
    }

    private void Erase(CommittedBatch batch)
    {
        foreach (var outcome in batch.Outcomes)
            if (outcome is Logged { Event: (Deleted or MessagesErased) and var ev } logged)
                InRoom(logged.Room.Id, () => _rooms.Find(logged.Room.Id)?.Erase(ev));
    }

    private void Answer(CommittedBatch batch)
    {
        for (var i = 0; i < batch.Submissions.Count; i++)
            Guard(batch.Submissions[i], batch.Outcomes[i], static (p, s, o) => s.Complete(o, p._turn));
    }

    private void Publish(CommittedBatch batch)
    {
        // What was collected may be the same events, read from the log besides.
        if (batch.IsElsewhere)
            PublishWhatIsCollected();
        for (var i = 0; i < batch.Submissions.Count; i++)
        {
            if (batch.IsElsewhere && batch.Outcomes[i] is Logged { Event: { } told } && _rooms.HasPublished(told) is true)
                continue;
            // What came before is told of the room by the name that it had.
            if (batch.Outcomes[i] is Logged { Event: SlugChanged })
                PublishWhatIsCollected();
            Collect(batch.Outcomes[i], batch.IsElsewhere);
            _moves.Add((batch.Submissions[i], batch.Outcomes[i]));
            // Whoever was made to leave hears the event that says so, and nothing that came after it in the same turn.
            if (batch.Outcomes[i] is Logged { Exited: not null })
                PublishWhatIsCollected();
        }
    }

    private void Collect(Outcome outcome, bool isElsewhere)
    {
        // It was read at another time than the names that were told since.
        if (outcome is Logged { Event: { } ev } logged)
            Add(logged.Room, isElsewhere ? _rooms.Renames.UnderTodaysName(ev) : ev);
        else if (outcome is VisitorEnded ended)
            foreach (var (room, left) in ended.Events)
                Add(room, left);
        else if (outcome is AccountChanged { Events: { Count: > 0 } events })
            foreach (var (room, left) in events)
                Add(room, left);
        if (PeopleNews.IsRename(outcome, out var user))
            _rooms.Rename(user);
    }

    private void Add(Room room, RoomEvent ev)
    {
        // The newest description wins: it is as of the newest event.
        var run = _runs.TryGetValue(room.Id, out var known) ? known.Run : [];
        run.Add(ev);
        _runs[room.Id] = (room, run);
    }

    /// <summary>Each room's events as one run, then who came and went.</summary>
    private void PublishWhatIsCollected()
    {
        PublishRuns();
        foreach (var (submission, outcome) in _moves)
            Guard(submission, outcome, static (p, s, o) => p.MakeMoveKnown(s.Command, o));
        _moves.Clear();
        TellReceipts();
    }

    private void PublishRuns()
    {
        foreach (var (id, (room, run)) in _runs)
        {
            _rest.Tell(run.Count);
            InRoom(id, () =>
            {
                if (!_rooms.Publish(room, run, _turn))
                    _rooms.Miss(id, run[^1].Seq);
            });
        }
        _runs.Clear();
    }

    /// <summary>Read positions are committed together, so that this is one frame for each room and second.</summary>
    private void TellReceipts()
    {
        foreach (var (room, moved) in _read)
            InRoom(room, () => _rooms.Find(room)?.TellReceipts(moved, _turn));
        _read.Clear();
    }

    private void MakeMoveKnown(Command command, Outcome outcome)
    {
        switch (outcome)
        {
            case Logged { Event: { } ev } and ({ Entered.Count: > 0 } or { Exited: not null } or { Event: SlugChanged }) when _rooms.HasOtherNodes && _rooms.HasPublished(ev) is false:
                // Others' events come first. It is read from the log behind them, and who came and went with it.
                break;
            case Logged { Event: SlugChanged } renamed:
                var witnesses = new HashSet<Session>();
                _rooms.Find(renamed.Room.Id)?.AddWitnesses(witnesses);
                foreach (var session in witnesses)
                    session.OnRoomRenamed(renamed);
                break;
            case Logged { Entered.Count: > 0 } entered:
                foreach (var user in entered.Entered)
                    foreach (var session in _sessions.Of(user.Id))
                        session.OnEntered(entered, _turn);
                break;
            case Logged { Exited: { } user } exited:
                foreach (var session in _sessions.Of(user.Id))
                    session.OnExited(exited, _turn);
                break;
            case MovedElsewhere moved:
                MakeMoveOfElsewhereKnown(moved.Move);
                break;
            case UserElsewhere elsewhere:
                _people.MakeKnown(elsewhere, _turn);
                break;
            case UserChanged { Was: { } was } when PeopleNews.IsRename(outcome, out var user):
                _people.MakeRenameKnown(was, user, [], _turn);
                break;
            case AccountChanged changed:
                _people.MakeKnown(changed, _turn);
                break;
            case UserChanged { Was: { } was } changed when was.Role != changed.User.Role:
                foreach (var session in _sessions.Of(changed.User.Id))
                    session.OnRenamed(changed.User, _turn);
                break;
            case BlockChanged { IsNew: true } block:
                foreach (var session in _sessions.Of(block.Blocker.Id))
                    session.OnBlocked(block, _turn);
                break;
            case ReportsChanged reports:
                foreach (var session in _sessions.All.Where(s => s.Administers))
                    session.OnReports(reports, _turn);
                break;
            case Nothing when command is ChangeSettings { SignUp: { } policy }:
                foreach (var session in _sessions.All)
                    session.OnSignUp(policy == SignUpPolicy.Open, _turn);
                break;
            case ReadMoved moved:
                if (command is MarkRead { Actor: var reader })
                    AddRead(moved.Room.Id, new ReadPosition(reader, moved.Seq));
                foreach (var session in _sessions.Of(moved.User))
                    session.OnReadMoved(moved, _turn);
                break;
        }
    }

    /// <summary>To sessions that do not know it by the room's log: those for whom it was not here, or that came to it behind the event.</summary>
    private void MakeMoveOfElsewhereKnown(Logged move)
    {
        if (_rooms.HasPublished(move.Event!) is false)
            _rooms.Miss(move.Room.Id, move.Seq);
        else if (move.Exited is { } exited)
        {
            foreach (var session in _sessions.Of(exited.Id).Where(s => s.IsMemberOf(move.Room.Id) is true))
                session.OnExited(move, _turn);
        }
        else
            foreach (var session in _sessions.Of(move.Entered[0].Id).Where(s => s.IsMemberOf(move.Room.Id) is null))
                session.OnEntered(move, _turn);
    }

    private void AddRead(RoomId room, ReadPosition position)
    {
        if (!_read.TryGetValue(room, out var moved))
            _read[room] = moved = [];
        moved.Add(position);
    }

    /// <summary>One room's trouble is its own: its readers see the gap and resume; the other rooms, and this thread, go on.</summary>
    private void InRoom(RoomId room, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            LogRoomTrouble(room.Value, e);
        }
    }

    /// <summary>One session's trouble is its own: the turn goes on for everybody else.</summary>
    private void Guard(Submission submission, Outcome outcome, Action<Publisher, Submission, Outcome> act)
    {
        try
        {
            act(this, submission, outcome);
        }
        catch (Exception e)
        {
            LogTrouble(submission.Command.GetType().Name, e);
        }
    }

    [LoggerMessage(211, LogLevel.Error, "Events of room {Room} could not be made known.")]
    private partial void LogRoomTrouble(long room, Exception e);

    [LoggerMessage(210, LogLevel.Error, "What became of a {Command} could not be made known.")]
    private partial void LogTrouble(string command, Exception e);
}
