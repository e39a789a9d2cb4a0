using Microsoft.Extensions.Logging;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;
using Minato.Server.Nodes;
using Minato.Server.Rooms;
using Minato.Server.Sessions;

namespace Minato.Server.Log;

/// <summary>
/// The one who commits. Takes all that waits as soon as it is free — a commit never waits for company — and hands what became
/// durable together to the publisher as one turn. Its thread is its own, because commits block on the disk.
/// </summary>
internal sealed partial class LogWriter : IAsyncDisposable
{
    /// <summary>Commands in one transaction: past this a batch gains nothing and its first sender waits.</summary>
    private const int MaxBatch = 1_000;

    /// <summary>When to try again on a full disk or without a database: soon enough to notice its return, seldom enough to leave it in peace.</summary>
    internal static readonly TimeSpan OutageRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long a commit whose answer was lost is still asked about once the server stops.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a failed disk lets be said: the log may hold what its fsync failed on, and the next start may find it there. Sent again
    /// under its client id then, it gets its first answer or is saved: once, either way.
    /// </summary>
    private static readonly Refused Unknown = new(Refusal.StorageFailed, TimeSpan.FromSeconds(2));

    /// <summary>
    /// How long a refusal of the store speaks for what comes next. After that it is not known: somebody has to try, and a server that is sent
    /// nothing because it said so would never find out.
    /// </summary>
    private static readonly TimeSpan TroubleLasts = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>What is said to those who were held at a fence for too long, or whose writer does not come back.</summary>
    private static readonly Refused Held = new(Refusal.Busy, SessionRegistry.RetryAfter);

    private readonly IStore _store;
    private readonly Publisher _publisher;
    private readonly ChangedRooms _changed;
    private readonly ILogger<LogWriter> _log;
    private readonly CommandInbox _inbox = new();
    private readonly PendingReads _reads;
    private readonly BackupQueue _backups;
    private readonly TimeProvider _clock;
    private readonly NodeLink? _link;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Submission> _batch = [];
    private readonly CancellationTokenSource _stopping = new();
    private volatile Outage? _outage;
    private volatile Fence? _fence;
    private TimeSpan _upkeepWait = TimeSpan.Zero;
    private long _upkeepAt;

    /// <summary>As was said to the operator.</summary>
    private bool _isCutOff;

    /// <param name="link">To the one who follows what other nodes commit; null: there is no other node.</param>
    /// <param name="isStepped">True: it has no thread, and whoever made it takes its turns by <see cref="RunOnce"/>.</param>
    internal LogWriter(
        IStore store, Publisher publisher, ChangedRooms changed, TimeProvider clock, ILogger<LogWriter> log, NodeLink? link = null, bool isStepped = false)
    {
        _link = link;
        _store = store;
        _publisher = publisher;
        _changed = changed;
        _log = log;
        _clock = clock;
        _reads = new PendingReads(clock);
        _backups = new BackupQueue(store, _inbox.Nudge);
        if (!isStepped)
            new Thread(Run) { Name = "minato log writer", IsBackground = true }.Start();
    }

    /// <summary>Completes when the store cannot be trusted any more: nothing is acknowledged from then on, and the process should end.</summary>
    internal Task<Exception> Failed => _failed.Task;

    internal LogMeters Meters { get; } = new();

    /// <summary>Commands that wait for their commit.</summary>
    internal int Waiting => _inbox.Count;

    /// <summary>Why commands are refused at the moment, as far as is known without trying; null: they are not.</summary>
    internal Refusal? Trouble =>
        _failed.Task.IsCompleted ? Refusal.StorageFailed
        : _link is { IsCutOff: true } ? Refusal.StorageAway
        : _outage is { } outage && _clock.GetElapsedTime(outage.At) < TroubleLasts ? outage.Reason
        : null;

    /// <summary>Null: taken, and its outcome follows by <see cref="Submission.Complete"/>. Else: why not, at once.</summary>
    internal Refused? Submit(Submission submission)
    {
        if (_failed.Task.IsCompleted)
            return Unknown;
        // It might be saved, but whoever is here would not see what others say to it.
        if (_link is { IsCutOff: true } link)
            return CutOff(link);
        if (_inbox.TryAdd(submission))
            return null;
        Meters.CountBusy();
        return new Refused(Refusal.Busy, BusyRetryAfter);
    }

    private Refused CutOff(NodeLink link)
    {
        if (!Interlocked.Exchange(ref _isCutOff, true))
            LogCutOff(link.Missing, NodeLink.CutOffAfter.TotalSeconds);
        return new Refused(Refusal.StorageAway, OutageRetryAfter);
    }

    internal async Task<Outcome> SubmitAsync(Command command, Lane? lane)
    {
        var submission = new AwaitedSubmission(command, lane);
        return Submit(submission) ?? await submission.Outcome;
    }

    /// <summary>Moves a read position within the next second.</summary>
    internal void MarkRead(MarkRead mark)
    {
        if (_reads.Add(mark))
            _inbox.Nudge();
    }

    /// <summary>Writes a consistent copy to a new file while commits go on.</summary>
    /// <param name="progress">Called on the writer's thread with pages copied and pages in all.</param>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    internal Task BackupAsync(string file, Action<long, long> progress) => _backups.Enqueue(file, progress);

    /// <summary>
    /// Completes when nothing is written any more, until <see cref="GoOn"/>. What is sent from then on is held for <see cref="Fence.Patience"/>, and
    /// refused as busy after that.
    /// </summary>
    internal Task StandStillAsync()
    {
        var fence = new Fence(_clock);
        _fence = fence;
        _inbox.Nudge();
        return Task.WhenAny(fence.Reached, _ended.Task);
    }

    /// <summary>Commits what was held, and goes on.</summary>
    internal void GoOn()
    {
        var fence = _fence;
        _fence = null;
        fence?.End();
        _inbox.Nudge();
    }

    /// <summary>Another writes from here on: what is held, and whatever is still sent, is refused as busy.</summary>
    internal void GiveWay() => _fence?.End();

    /// <summary>The same, because what stands there now is nothing that this writer could go on with: the process should end.</summary>
    internal void GiveUp(Exception reason)
    {
        LogFailed(reason);
        _failed.TrySetResult(reason);
        GiveWay();
    }

    /// <summary>Takes nothing more, commits what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        GiveWay();
        _inbox.Close();
        _stopping.CancelAfter(LastWait);
        await _ended.Task;
    }

    /// <summary>One turn: takes what waits, commits it, and hands it on.</summary>
    /// <returns>False once the inbox is closed and empty.</returns>
    internal bool RunOnce(bool waits)
    {
        var fence = _fence;
        fence?.Stand();
        if (!_inbox.Take(_batch, MaxBatch, !waits ? TimeSpan.Zero : _fence is null ? Patience() : Timeout.InfiniteTimeSpan))
            return false;
        if (fence is not null && fence == _fence)
        {
            RefuseHeld();
            return true;
        }
        if (_reads.Patience == TimeSpan.Zero)
            AddReads();
        if (CommitAndPublish() || UntilUpkeep() == TimeSpan.Zero)
            Maintain();
        _backups.Step();
        return true;
    }

    private void Run()
    {
        try
        {
            while (RunOnce(waits: true))
            {
            }
            if (_fence is null)
            {
                AddReads();
                CommitAndPublish();
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            _backups.Abandon();
            _ended.SetResult();
        }
    }

    /// <summary>How long the writer may wait for a command.</summary>
    private TimeSpan Patience()
    {
        if (_backups.IsActive)
            return TimeSpan.Zero;
        var (reads, upkeep) = (_reads.Patience, UntilUpkeep());
        return reads != Timeout.InfiniteTimeSpan && (upkeep == Timeout.InfiniteTimeSpan || reads < upkeep) ? reads : upkeep;
    }

    /// <summary>How long until housekeeping is due; infinite when only a commit can make it so.</summary>
    private TimeSpan UntilUpkeep()
    {
        if (_upkeepWait == TimeSpan.MaxValue)
            return Timeout.InfiniteTimeSpan;
        var left = _upkeepWait - _clock.GetElapsedTime(_upkeepAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Maintain()
    {
        var upkeep = Wait(_store.MaintainAsync(CancellationToken.None));
        (_upkeepAt, _upkeepWait) = (_clock.GetTimestamp(), upkeep.Next);
        if (upkeep.Cause is { } cause)
            LogUpkeepFailed(cause);
        if (upkeep.Trimmed.Count > 0)
        {
            _publisher.Enqueue(new CommittedBatch([], []) { Trimmed = upkeep.Trimmed });
            foreach (var trimmed in upkeep.Trimmed)
                _changed.Add(trimmed.Room);
        }
    }

    private void AddReads()
    {
        foreach (var mark in _reads.Take())
            _batch.Add(new Submission(mark, lane: null));
    }

    /// <summary>False: there was nothing to commit.</summary>
    private bool CommitAndPublish()
    {
        if (_batch.Count == 0)
            return false;
        // A copy of its own: the publisher works on it while this thread fills the next.
        var submissions = _batch.ToArray();
        _link?.Own.Begin(submissions);
        try
        {
            var outcomes = Commit(submissions);
            _batch.Clear();
            _link?.Past?.CheckNow();
            HandOn(submissions, outcomes);
        }
        finally
        {
            _link?.Own.End();
        }
        return true;
    }

    private void HandOn(Submission[] submissions, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Meters.Count(outcome);
            if (outcome is Logged { Event: { } ev })
                _changed.Add(ev.Room);
            else if (outcome is AccountChanged { Events: { Count: > 0 } events })
                foreach (var (room, _) in events)
                    _changed.Add(room.Id);
            // Posting moves one's own read position.
            if (outcome is Logged { Event: Posted posted })
                MarkOwn(posted);
            else if (outcome is Refused { Cause: { } cause })
                LogOneFailed(cause);
        }
        _publisher.Enqueue(new CommittedBatch(submissions, outcomes));
    }

    private void MarkOwn(Posted posted) => _reads.Add(new MarkRead(posted.From, posted.Room, posted.Seq));

    private IReadOnlyList<Outcome> Commit(Submission[] batch)
    {
        try
        {
            var began = _clock.GetTimestamp();
            _link?.Ask();
            var outcomes = Wait(_store.CommitAsync(Array.ConvertAll(batch, s => s.Command), _stopping.Token));
            Meters.CommitSeconds.Observe(_clock.GetElapsedTime(began).TotalSeconds);
            Meters.BatchCommands.Observe(batch.Length);
            // What was under way when it was cut off may end before it is not any more.
            if (_outage is not null || (_link is not { IsCutOff: true } && Interlocked.Exchange(ref _isCutOff, false)))
                LogOutageOver();
            _outage = null;
            return outcomes;
        }
        catch (StoreFullException e)
        {
            return Refuse(batch, Refusal.StorageFull, e);
        }
        catch (StoreAwayException e)
        {
            return Refuse(batch, Refusal.StorageAway, e);
        }
        finally
        {
            _link?.Answered();
        }
    }

    /// <summary>Nothing was saved; the same may succeed later.</summary>
    private Outcome[] Refuse(Submission[] batch, Refusal reason, StoreException e)
    {
        // Said once: a full disk is no place for a line for every batch.
        if (_outage?.Reason != reason)
            LogOutage(e.Message);
        _outage = new Outage(reason, _clock.GetTimestamp());
        // Nobody waits for these, so nobody would send them again.
        foreach (var submission in batch)
            if (submission.Command is MarkRead mark)
                _reads.Add(mark);
        return Array.ConvertAll(batch, Outcome (_) => new Refused(reason, OutageRetryAfter));
    }

    private void RefuseHeld()
    {
        if (_batch.Count == 0)
            return;
        foreach (var _ in _batch)
            Meters.CountBusy();
        _publisher.Enqueue(new CommittedBatch([.. _batch], [.. _batch.Select(_ => Held)]));
        _batch.Clear();
    }

    /// <summary>Everybody who waits is told that it is not known whether anything was saved; nobody is acknowledged any more.</summary>
    private void Fail(Exception e)
    {
        LogFailed(e);
        _failed.TrySetResult(e);
        _inbox.Close();
        do
        {
            var submissions = _batch.ToArray();
            _batch.Clear();
            _publisher.Enqueue(new CommittedBatch(submissions, Array.ConvertAll(submissions, Outcome (_) => Unknown)));
        }
        while (_inbox.Take(_batch, MaxBatch, TimeSpan.Zero));
    }

    // The store of SQLite answers before it returns; that of PostgreSQL makes this thread wait, which is what it is for.
    private static T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    /// <param name="At">When it was last seen.</param>
    private sealed record Outage(Refusal Reason, long At);

    [LoggerMessage(200, LogLevel.Error, "Nothing is saved at the moment: {Message} Senders were told to try again.")]
    private partial void LogOutage(string message);

    [LoggerMessage(205, LogLevel.Error, "{What} for {Seconds} s: nothing is taken until it is. Senders are told to try again.")]
    private partial void LogCutOff(string what, double seconds);

    [LoggerMessage(203, LogLevel.Information, "Posts are saved again.")]
    private partial void LogOutageOver();

    [LoggerMessage(202, LogLevel.Error, "One command failed, and was refused; those beside it were carried out.")]
    private partial void LogOneFailed(Exception cause);

    [LoggerMessage(204, LogLevel.Error, "Housekeeping failed; it is tried again.")]
    private partial void LogUpkeepFailed(Exception cause);

    [LoggerMessage(201, LogLevel.Critical, "The store failed; nothing more is acknowledged, and the server ends.")]
    private partial void LogFailed(Exception e);
}
