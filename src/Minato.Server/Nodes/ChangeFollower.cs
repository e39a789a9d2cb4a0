using Microsoft.Extensions.Logging;
using Minato.Core.Storage;
using Minato.Server.Nodes.Here;
using Minato.Server.Rooms;

namespace Minato.Server.Nodes;

/// <summary>
/// Makes known here what other nodes change besides the log, and who is there by them. It has a thread and a connection of its own: what is read again may
/// be much, or slow, and no room's events wait for it. Of the same thing everything is made known in the order in which it was read.
/// </summary>
internal sealed partial class ChangeFollower : NodeWatch
{
    /// <summary>Read again and made known at a time: however many there are, the first do not wait for the last.</summary>
    internal const int Step = 100;

    private readonly ICommitFeed _feed;
    private readonly Past _past;
    private readonly NodeLink _link;
    private readonly OtherChanges _changes;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <summary>What was read again last: an own change of the same, committed meanwhile, may have been made known before it.</summary>
    private HashSet<NodeChange> _before = [];
    private ChangeMark? _mark;

    internal ChangeFollower(ICommitFeed feed, LiveRooms rooms, Past past, NodeLink link, OtherChanges changes, TimeProvider clock, ILogger log)
        : base(link.Beside, clock, log)
    {
        (_feed, _past, _link, _changes, _clock, _log) = (feed, past, link, changes, clock, log);
        Here = new HereTeller(feed, rooms, link, clock);
    }

    /// <summary>Whoever listens passes on to it what is whispered.</summary>
    internal HereTeller Here { get; }

    protected override string What => "change";

    /// <summary>Begins, before anybody is here.</summary>
    internal async Task StartAsync(CancellationToken cancel)
    {
        _mark = (await _feed.ReadChangesAsync(after: null, cancel)).Mark;
        _link.HeardOfChanges(_clock.GetTimestamp());
        Start("minato changes");
    }

    internal void SendEverybodyAway() => _changes.SendEverybodyAway();

    protected override void Look(Hinted hinted)
    {
        if (hinted.IsLook || hinted.IsBeside)
            LookBeside();
        if (hinted.IsLook || hinted.IsWhisper)
            TellOfThoseHere(hinted.IsLook);
    }

    /// <summary>Where it cannot be told, it is looked for again: the mark stays.</summary>
    private void LookBeside()
    {
        var lookedAt = _clock.GetTimestamp();
        var page = Wait(_feed.ReadChangesAsync(_mark, Stopping));
        _link.CheckPast();
        if (page.IsIncomplete)
        {
            LogAwayTooLong();
            _changes.SendEverybodyAway();
        }
        else
        {
            var toRead = ToRead(page.Changes);
            foreach (var piece in toRead.Chunk(Step))
            {
                if (!MakeKnown(piece))
                {
                    _link.Beside.Add(CommitHint.Beside);
                    return;
                }
                // However much it is: whoever gets on is not cut off.
                lookedAt = _clock.GetTimestamp();
                _link.HeardOfChanges(lookedAt);
            }
            _before = [.. toRead.Select(About)];
        }
        _mark = page.Mark;
        _link.HeardOfChanges(lookedAt);
    }

    /// <summary>Each once, and first of all what lets somebody in no more.</summary>
    private List<NodeChange> ToRead(IReadOnlyList<NodeChange> changes)
    {
        var others = changes.Where(c => !c.IsOwn).Select(About).ToHashSet();
        return
        [
            .. changes.Where(c => !c.IsOwn || IsAlwaysRead(c.Kind) || (c.Kind != ChangeKind.Read && (others.Contains(About(c)) || _before.Contains(About(c)))))
                .Select(c => c with { IsOwn = false }).Distinct().OrderBy(c => c.Kind is not (ChangeKind.User or ChangeKind.Name)),
        ];
    }

    /// <summary>One's own, too: of two nodes that name the same person, the one that was first hears of the other before its own word is known.</summary>
    private static bool IsAlwaysRead(ChangeKind kind) => kind is ChangeKind.User or ChangeKind.Name;

    /// <summary>Whatever became of it.</summary>
    private static NodeChange About(NodeChange change) => change with { IsOwn = false, Seq = 0 };

    /// <returns>False: a standby took over meanwhile, and nobody knows which past it is of.</returns>
    private bool MakeKnown(IReadOnlyList<NodeChange> changes)
    {
        var timeline = _feed.Timeline;
        try
        {
            if (Wait(_changes.ReadAsync(changes, Stopping)) is not { } known)
                return true;
            _link.Own.AwaitHandedOn();
            return _past.TryHandOn(known, timeline);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or StoreException))
        {
            // A bug of ours is not to stand in the way of all that follows.
            LogChangesTrouble(e);
            return true;
        }
    }

    /// <summary>What others say of it first: they may ask.</summary>
    private void TellOfThoseHere(bool isDue)
    {
        _link.CheckPast();
        var telling = Here.MakeKnownAsync(Stopping);
        if (!telling.IsCompletedSuccessfully)
            telling.WaitAsync(Stopping).GetAwaiter().GetResult();
        Here.Tell(isDue);
    }

    [LoggerMessage(234, LogLevel.Warning, "What other servers on the database changed was not seen for minutes: everybody here is told to come back.")]
    private partial void LogAwayTooLong();

    [LoggerMessage(235, LogLevel.Error, "What other servers changed could not be made known.")]
    private partial void LogChangesTrouble(Exception e);
}
