using Microsoft.Extensions.Logging;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Server.Rooms;
using Minato.Server.Sessions;

namespace Minato.Server.Nodes;

/// <summary>
/// Whether the log is still the one of which was told here. A standby that takes over may not have its primary's newest events, and others may have their numbers a
/// moment later. So before anything from a new timeline is handed to the publisher, each room's newest event here is held against the log. Where one is
/// another, what is in memory is forsaken, and everybody is told to come back.
/// </summary>
internal sealed partial class Past(ICommitFeed feed, LiveRooms rooms, SessionRegistry sessions, Publisher publisher, ILogger<Follower> log)
{
    private readonly Lock _gate = new();
    private long _timeline = feed.Timeline;

    /// <summary>Whether a standby took over since it was last found to be.</summary>
    internal bool IsInDoubt => feed.Timeline != Volatile.Read(ref _timeline);

    /// <summary>Called with what was read from the log, or committed to it, before it is handed on, and with nothing else on its way.</summary>
    /// <exception cref="StoreAwayException">It cannot be told, and is asked again the next time.</exception>
    internal void Check()
    {
        if (!IsInDoubt)
            return;
        lock (_gate)
            while (feed.Timeline is var timeline && timeline != _timeline)
            {
                publisher.AwaitAllTold();
                GiveUp(FindLost());
                Volatile.Write(ref _timeline, timeline);
            }
    }

    /// <summary>
    /// Hands on what was read, unless a standby took over since, or another was not held against the log yet: then nobody knows which past it is of.
    /// While one is held against the log, nothing that was read before comes behind it.
    /// </summary>
    /// <param name="timeline">As it was before this was read.</param>
    /// <returns>False: it has to be read again.</returns>
    internal bool TryHandOn(CommittedBatch read, long timeline)
    {
        lock (_gate)
        {
            if (timeline != _timeline || feed.Timeline != timeline)
                return false;
            publisher.Enqueue(read);
            return true;
        }
    }

    /// <summary>Checks for whoever cannot come back to it: what cannot be told is taken for lost.</summary>
    internal void CheckNow()
    {
        try
        {
            Check();
        }
        catch (StoreException)
        {
            GiveUp([.. rooms.Loaded.Select(r => (r.Id, r.Head))]);
        }
    }

    /// <summary>Everybody is told to come back, and to load these rooms anew, however far the log comes meanwhile.</summary>
    internal void GiveUp(IReadOnlyCollection<(RoomId Room, RoomHead Head)> lost)
    {
        if (lost.Count == 0)
            return;
        LogWentBack();
        lock (_gate)
        {
            // What was handed over before is of the past that was, and told to nobody who comes after.
            publisher.AwaitAllTold();
            rooms.Forsake(lost);
        }
        foreach (var session in sessions.All)
            session.SendAway();
    }

    private List<(RoomId Room, RoomHead Head)> FindLost()
    {
        var here = rooms.Loaded.ConvertAll(r => (Room: r.Id, r.Head));
        here.RemoveAll(h => h.Head.Seq == 0);
        var asked = feed.ReadMarksAsync([.. here.Select(h => (h.Room, h.Head.Seq))], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var there = asked.ToDictionary(m => m.Room, m => m.Mark);
        return here.FindAll(h => there.GetValueOrDefault(h.Room) != new EventMark(h.Head.Ts, h.Head.PostNo));
    }

    [LoggerMessage(236, LogLevel.Error, "The database does not have what was told here: an older copy took its place. Everybody here is told to come back, and is shown what is there.")]
    private partial void LogWentBack();
}
