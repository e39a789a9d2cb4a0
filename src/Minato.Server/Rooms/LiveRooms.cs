using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Nodes;
using Minato.Server.Rooms.Recent;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>
/// The rooms in which somebody is: loaded when the first comes, let go when the last is gone. Of what they keep in memory those
/// give first in which nothing was published for the longest.
/// </summary>
/// <param name="link">
/// To the one who follows what other nodes commit: what comes behind a gap is held back until it is filled from the log. Null: there is no other node.
/// </param>
internal sealed class LiveRooms(IStore store, long recentBytes = RecentBudget.DefaultMax, NodeLink? link = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomId, LiveRoom> _rooms = [];
    private readonly LinkedList<LiveRoom> _byNews = [];

    /// <summary>Rooms that lost their newest events while somebody was in them, and how far those had come. As many as were here at once, at each time.</summary>
    private readonly Dictionary<RoomId, long> _lost = [];

    private readonly Lock _stirredGate = new();
    private List<LiveRoom> _stirred = [];

    /// <summary>The memory of all rooms' newest events.</summary>
    internal RecentBudget Budget { get; } = new(recentBytes);

    /// <summary>The names under which they are told.</summary>
    internal Renames Renames { get; } = new();

    /// <summary>Those who wait for events without being told of them.</summary>
    internal RoomWaiters Waiters { get; } = new();

    internal bool HasOtherNodes => link is not null;

    internal int Count
    {
        get
        {
            lock (_gate)
                return _rooms.Count;
        }
    }

    /// <summary>Those whose head is known here.</summary>
    internal List<LiveRoom> Loaded => All.FindAll(r => r.IsLoaded);

    internal LiveRoom? Find(RoomId id)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(id);
    }

    /// <summary>Joins the live side of a room. Undo it with <see cref="Unsubscribe"/>.</summary>
    internal async ValueTask<(Subscription Subscription, RoomHead Head)> SubscribeAsync(
        Room room, Session session, WireFormat format, bool isLive, long after, CancellationToken cancel)
    {
        var live = Enter(room);
        var isFirst = !live.IsLoaded;
        try
        {
            // Entered before the head is read: what is committed meanwhile is in the head, or its publishing was noticed.
            while (!live.IsLoaded && !live.TryLoad(await store.ReadHeadAsync(room.Id, cancel)))
            {
            }
            // Who is there by other nodes is known, and has not been told of this room yet.
            if (isFirst)
                link?.Beside.AddWhisper();
            return live.Subscribe(session, format, isLive, after);
        }
        catch
        {
            Exit(live);
            throw;
        }
    }

    /// <param name="lingers">Whether the connection ended, and who it was may be back in a moment.</param>
    internal void Unsubscribe(Subscription subscription, bool lingers, string? reason = null, HashSet<Session>? witnesses = null)
    {
        subscription.Room.Unsubscribe(subscription, lingers, reason, witnesses);
        Exit(subscription.Room);
    }

    /// <summary>Others' events, up to this one, are to be read from the log.</summary>
    internal void Miss(RoomId room, long seq) => link?.Hints.Add(new CommitHint(room, seq));

    /// <summary>Somebody writes something here, of which other nodes tell those in the room, too.</summary>
    internal void Type(RoomId room, UserId user) => link?.Type(room, user);

    /// <summary>Somebody was told of an event by another node that is not published here yet: waits until it is.</summary>
    /// <returns>The room's head; older than the event where that is in no log.</returns>
    /// <exception cref="StoreAwayException">What others commit is not seen here.</exception>
    internal async ValueTask<RoomHead> CatchUpAsync(LiveRoom live, long seq)
    {
        if (link is not null && live.Head.Seq < seq && (await store.ReadHeadAsync(live.Id, CancellationToken.None)).Seq >= seq)
        {
            var there = live.WhenAt(seq);
            Miss(live.Id, seq);
            try
            {
                await there.WaitAsync(NodeLink.CutOffAfter);
            }
            catch (TimeoutException e)
            {
                throw new StoreAwayException("What other servers committed is not seen.", e);
            }
        }
        return live.Head;
    }

    /// <summary>Whether an event was published here, or came before its room was here; null: nobody is there.</summary>
    internal bool? HasPublished(RoomEvent ev) => Find(ev.Room)?.HasPublished(ev.Seq);

    /// <summary>Makes a run of events known to those in the room. Called by the publisher only.</summary>
    /// <returns>As <see cref="LiveRoom.Publish"/>.</returns>
    internal bool Publish(Room room, IReadOnlyList<RoomEvent> run, Turn turn)
    {
        Waiters.Ring(room.Id);
        LiveRoom? live;
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room.Id, out live))
                return true;
            live.Place ??= new LinkedListNode<LiveRoom>(live);
            if (live.Place.List is not null)
                _byNews.Remove(live.Place);
            _byNews.AddLast(live.Place);
        }
        var isWhole = live.Publish(room, run, turn);
        KeepToBudget();
        return isWhole;
    }

    /// <summary>
    /// The log does not have the newest events of these rooms, and may soon have others of their numbers: what all rooms hold is forsaken. Who is in them is
    /// told nothing more; who comes from now on finds them as the store has them.
    /// </summary>
    /// <param name="lost">With what was told of them here.</param>
    internal void Forsake(IReadOnlyCollection<(RoomId Room, RoomHead Head)> lost)
    {
        List<LiveRoom> forsaken;
        lock (_gate)
        {
            foreach (var (room, head) in lost)
                _lost[room] = Math.Max(head.Seq, _lost.GetValueOrDefault(room));
            forsaken = [.. _rooms.Values];
            _rooms.Clear();
            _byNews.Clear();
        }
        foreach (var live in forsaken)
            live.ForgetRecent(forGood: true);
    }

    /// <summary>Whether an event may be one of those that were lost, though the log has one of its number now.</summary>
    internal bool MayBeLost(RoomId room, long seq)
    {
        lock (_gate)
            return seq > 0 && seq <= _lost.GetValueOrDefault(room);
    }

    /// <summary>Somebody's name is another one. Called by the publisher, before what it publishes next.</summary>
    internal void Rename(User user)
    {
        if (Renames.IsFull)
        {
            // Ten thousand renames: the store knows all of them, so the events are read from there.
            foreach (var room in All)
                room.ForgetRecent(forGood: false);
            Renames.Clear();
        }
        Renames.Add(user);
    }

    /// <summary>Remembers that a room has something to tell at the next tick.</summary>
    internal void Stir(LiveRoom room)
    {
        lock (_stirredGate)
            _stirred.Add(room);
    }

    internal List<LiveRoom> TakeStirred()
    {
        lock (_stirredGate)
        {
            var stirred = _stirred;
            _stirred = [];
            return stirred;
        }
    }

    private List<LiveRoom> All
    {
        get
        {
            lock (_gate)
                return [.. _rooms.Values];
        }
    }

    private LiveRoom Enter(Room room)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room.Id, out var live))
                _rooms[room.Id] = live = new LiveRoom(room, this);
            live.Users++;
            return live;
        }
    }

    private void Exit(LiveRoom live)
    {
        lock (_gate)
        {
            if (--live.Users > 0)
                return;
            // One that was forsaken is not the room any more.
            if (_rooms.GetValueOrDefault(live.Id) == live)
                _rooms.Remove(live.Id);
            if (live.Place?.List is not null)
                _byNews.Remove(live.Place);
        }
        live.ForgetRecent(forGood: true);
    }

    private void KeepToBudget()
    {
        while (Budget.IsOver)
        {
            LiveRoom? quietest;
            lock (_gate)
                quietest = _byNews.First?.Value;
            if (quietest is null)
                return;
            if (quietest.TryForgetOldest())
                continue;
            lock (_gate)
                if (quietest.Place?.List is not null)
                    _byNews.Remove(quietest.Place);
        }
    }
}
