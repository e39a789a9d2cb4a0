using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Rooms.Presence;
using Minato.Server.Rooms.Recent;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>
/// A room in which somebody is: its head, its newest events, and who is to be told. Its lock is the order: an event is queued for
/// everybody, or the newcomer's head takes account of it, never both and never neither.
/// </summary>
internal sealed class LiveRoom(Room room, LiveRooms rooms)
{
    private readonly Lock _gate = new();
    private readonly Audience _audience = new();
    private readonly Ephemerals _ephemerals = new();
    private readonly RecentEvents _recent = new(rooms.Budget);
    private readonly Roster _roster = new();

    /// <summary>Who is here by other nodes, as if by one session more.</summary>
    private readonly Dictionary<UserId, User> _elsewhere = [];
    private Room _room = room;
    private RoomHead _head;
    private bool _loaded;
    private long _passed;
    private long _trimmed;
    private bool _isStirred;

    /// <summary>Who waits for which head; null: nobody does.</summary>
    private List<(long Seq, TaskCompletionSource There)>? _awaited;

    /// <summary>Those who were told of somebody under the lock: what waits for them is sent when it is let go.</summary>
    private HashSet<SendQueue>? _told;

    internal RoomId Id { get; } = room.Id;

    /// <summary>The room as of the newest published event.</summary>
    internal Room Room
    {
        get
        {
            lock (_gate)
                return _room;
        }
    }

    internal RoomHead Head
    {
        get
        {
            lock (_gate)
                return _head;
        }
    }

    /// <summary>Registered by the one who counts them, <see cref="LiveRooms"/>.</summary>
    internal int Users { get; set; }

    /// <summary>Its place among those that keep events; <see cref="LiveRooms"/> owns it.</summary>
    internal LinkedListNode<LiveRoom>? Place { get; set; }

    internal bool IsLoaded
    {
        get
        {
            lock (_gate)
                return _loaded;
        }
    }

    /// <summary>Takes over what the store says. False: newer events were published since it was asked, so ask again.</summary>
    internal bool TryLoad(RoomHead head)
    {
        lock (_gate)
        {
            if (_loaded)
                return true;
            if (head.Seq < _passed || head.FirstSeq < _trimmed)
                return false;
            _head = head;
            return _loaded = true;
        }
    }

    /// <summary>Whether an event was published here, or came before the room was here; null: the room is not loaded.</summary>
    internal bool? HasPublished(long seq)
    {
        lock (_gate)
            return _loaded ? seq <= _head.Seq : null;
    }

    /// <summary>Completes when the head is there.</summary>
    internal Task WhenAt(long seq)
    {
        lock (_gate)
        {
            if (_head.Seq >= seq)
                return Task.CompletedTask;
            var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_awaited ??= []).Add((seq, there));
            return there.Task;
        }
    }

    /// <summary>Queues a run of events, encoded once for each format in use.</summary>
    /// <returns>False: other nodes' events come before some of it, which is not told until it is published again behind them.</returns>
    internal bool Publish(Room room, IReadOnlyList<RoomEvent> run, Turn turn)
    {
        lock (_gate)
        {
            if (!_loaded)
            {
                // Whoever loads it, and however many do at once: an older head is not believed.
                _passed = Math.Max(_passed, run[^1].Seq);
                _room = room;
                return true;
            }
            var news = News(run);
            if (news.Count == 0)
                return run[^1].Seq <= _head.Seq;
            _room = room;
            Advance(news);
            var withPeople = _roster.Follow(news, _ephemerals.Presence);
            foreach (var (format, subscribers) in _audience.ByFormat)
            {
                var told = format.TellsOfPeople ? withPeople : news;
                Delivery.Send(room, format, subscribers, told, new DeliveredRun(news[0].Seq, _head.Seq), turn);
            }
            return run[^1].Seq <= _head.Seq;
        }
    }

    /// <summary>The room as of its newest published event, or as it is known since one that is still to be published.</summary>
    internal Room AsOf(Room known, long seq)
    {
        lock (_gate)
            return _head.Seq < seq ? known : _room;
    }

    /// <summary>The room was called otherwise between when it was looked up and when it came to be here.</summary>
    internal void Follow(SlugChanged missed)
    {
        lock (_gate)
            if (_room.Slug == missed.Was)
                _room = _room.Called(missed.Slug);
    }

    /// <summary>What was said below a seq is erased, and so it is for whoever comes from now on.</summary>
    internal void Trim(Trimmed trimmed)
    {
        lock (_gate)
        {
            // The head that is being read may still be the one before.
            if (!_loaded)
                _trimmed = trimmed.FirstSeq;
            else if (trimmed.FirstSeq > _head.FirstSeq)
            {
                _head = _head with { FirstSeq = trimmed.FirstSeq, TrimmedPosts = trimmed.Posts };
                // A young edit of an old message goes with it.
                _recent.Erase(e => e.Seq < trimmed.FirstSeq || e is Edited edited && edited.Target < trimmed.FirstSeq);
            }
        }
    }

    /// <summary>Takes part from now on.</summary>
    /// <param name="isLive">True: what is newer than the head that is returned will be queued. False: nothing is, until <see cref="TryGoLive"/>.</param>
    /// <param name="after">Of what is published still, nothing up to this event is queued: it was committed before the session's user came.</param>
    internal (Subscription Subscription, RoomHead Head) Subscribe(Session session, WireFormat format, bool isLive, long after = 0)
    {
        Subscription subscription;
        RoomHead head;
        HashSet<SendQueue>? told;
        lock (_gate)
        {
            head = _head;
            subscription = new Subscription(session, this) { Cursor = Math.Max(head.Seq, after), IsLive = isLive, Who = session.You };
            Enter(subscription.Who);
            _audience.Add(subscription, format);
            Stir();
            told = TakeTold();
        }
        Flush(told);
        return (subscription, head);
    }

    /// <param name="lingers">Whether the connection ended, and who it was may be back in a moment.</param>
    /// <param name="reason">Said to those who are told of people; null: none.</param>
    /// <param name="witnesses">Where somebody goes from several rooms at once: takes those who are to be told, and they are told nothing here.</param>
    internal void Unsubscribe(Subscription subscription, bool lingers, string? reason = null, HashSet<Session>? witnesses = null)
    {
        HashSet<SendQueue>? told;
        lock (_gate)
        {
            if (!_audience.Remove(subscription))
                return;
            _ephemerals.Presence.Exit(subscription.Who, lingers);
            if (subscription.Who is { Id: var id } && !_ephemerals.Presence.Has(id) && _roster.Remove(id, out var who))
            {
                if (witnesses is null)
                    TellDeparted(who, reason);
                else
                    AddWitnesses(witnesses);
            }
            Stir();
            told = TakeTold();
        }
        Flush(told);
    }

    /// <summary>In place of an event that is still to be published, the session is told this. False: it is told nothing here, or no more.</summary>
    internal bool TellInstead(Subscription subscription, long seq, ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (!subscription.IsLive || subscription.Cursor >= seq)
                return false;
            (subscription.Instead ??= [])[seq] = bytes;
            return true;
        }
    }

    /// <summary>Looks at who is in, as those know it who are told of people: nobody comes or goes meanwhile.</summary>
    internal void LookAtRoster(Action<IReadOnlyCollection<User>> look)
    {
        lock (_gate)
            look(_roster.All);
    }

    internal bool IsIn(UserId user)
    {
        lock (_gate)
            return _roster.Has(user);
    }

    /// <summary>Those here who are told of people.</summary>
    internal void AddWitnesses(HashSet<Session> witnesses)
    {
        lock (_gate)
            foreach (var (format, subscribers) in _audience.ByFormat)
                if (format.TellsOfPeople)
                    witnesses.UnionWith(subscribers.Select(s => s.Session));
    }

    internal void ChangeFormat(Subscription subscription, WireFormat format)
    {
        lock (_gate)
            if (_audience.Remove(subscription))
                _audience.Add(subscription, format);
    }

    /// <summary>Whoever it was that came is somebody now.</summary>
    internal void Identify(Subscription subscription, User who)
    {
        HashSet<SendQueue>? told;
        lock (_gate)
        {
            if (subscription.Format is null)
                return;
            _ephemerals.Presence.Exit(subscription.Who, lingers: false);
            Enter(subscription.Who = who);
            Stir();
            told = TakeTold();
        }
        Flush(told);
    }

    /// <param name="isMember">False: the session's user only looks on.</param>
    internal void MarkMember(Subscription subscription, bool isMember)
    {
        lock (_gate)
            subscription.IsMember = isMember;
    }

    /// <summary>Says how far a subscription has come. True: it is level with the head, and live again, or has had its last event.</summary>
    /// <param name="upTo">What there is to catch up with.</param>
    /// <param name="recent">The next of it, where it is kept in memory.</param>
    internal bool TryGoLive(Subscription subscription, long cursor, out long upTo, out EventChunk? recent)
    {
        lock (_gate)
        {
            subscription.Cursor = cursor;
            upTo = Math.Min(_head.Seq, subscription.Last);
            recent = _recent.After(cursor);
            subscription.IsLive = cursor >= _head.Seq && !subscription.IsEnding;
            return cursor >= upTo;
        }
    }

    /// <summary>Tells the session where the room is, and from there on all that follows. False: it has had its last event, and is told nothing; or it was not said.</summary>
    /// <param name="tell">Queues it, or says that it cannot as of this head. Called under the lock: nothing is published between the head that is told and what follows.</param>
    internal bool Announce(Subscription subscription, Predicate<RoomHead> tell)
    {
        lock (_gate)
        {
            if (subscription.IsEnding || !tell(_head))
                return false;
            subscription.Cursor = _head.Seq;
            return subscription.IsLive = true;
        }
    }

    /// <summary>
    /// The session's user was made to leave: of what is published after this event it is told nothing, not even while it catches up.
    /// Called before any such event is published.
    /// </summary>
    internal void EndAt(Subscription subscription, long seq)
    {
        lock (_gate)
        {
            subscription.Last = Math.Min(subscription.Last, seq);
            subscription.IsLive = false;
        }
    }

    /// <summary>
    /// Takes the text out of the newest events that are kept, because an event that is still to be published took it out of the store: they are
    /// replayed as erased from now on. Called before who asked for it is answered.
    /// </summary>
    internal void Erase(RoomEvent by)
    {
        lock (_gate)
            EraseRecent(by);
    }

    /// <summary>Gives back some memory of the oldest of the newest events. False: there was none.</summary>
    internal bool TryForgetOldest()
    {
        lock (_gate)
            return _recent.TryDropOldest();
    }

    /// <summary>Gives back the memory of the newest events; the store has them.</summary>
    /// <param name="forGood">The room is let go, and keeps nothing more.</param>
    internal void ForgetRecent(bool forGood)
    {
        lock (_gate)
            if (forGood)
                _recent.Close();
            else
                _recent.Clear();
    }

    /// <summary>How many are here.</summary>
    internal int HereCount
    {
        get
        {
            lock (_gate)
                return _ephemerals.Presence.Count;
        }
    }

    /// <summary>A page of those who are here and are somebody, by their ids.</summary>
    /// <param name="after">The id of the last one of the page before.</param>
    internal HerePage Here(Guid? after, int limit)
    {
        lock (_gate)
            return _ephemerals.Presence.Page(after, limit);
    }

    /// <summary>The names that those have who are nobody yet.</summary>
    internal List<string> NamelessHere(int limit)
    {
        lock (_gate)
            return [.. _audience.All.Where(s => s.Who is null).Take(limit).Select(s => s.Session.Nick)];
    }

    /// <summary>Somebody here has a new name.</summary>
    internal void Rename(User user)
    {
        lock (_gate)
        {
            _ephemerals.Presence.Rename(user);
            _roster.Rename(user);
            if (_elsewhere.ContainsKey(user.Id))
                _elsewhere[user.Id] = user;
        }
    }

    /// <summary>Somebody writes something.</summary>
    internal void Type(User user)
    {
        rooms.Type(Id, user.Id);
        TypeElsewhere(user);
    }

    /// <summary>Those who are here by sessions of this node.</summary>
    internal HashSet<UserId> HereByOwn()
    {
        lock (_gate)
            return [.. _audience.All.Where(s => s.Who is not null).Select(s => s.Who!.Id)];
    }

    /// <summary>Those who are here by other nodes.</summary>
    internal HashSet<UserId> HereByOthers()
    {
        lock (_gate)
            return [.. _elsewhere.Keys];
    }

    /// <summary>One of them, as they are called here; null: they are not.</summary>
    internal User? ByOthers(UserId user)
    {
        lock (_gate)
            return _elsewhere.GetValueOrDefault(user);
    }

    /// <summary>Others are here by other nodes than before. Whoever is gone may be back in a moment, by this node or another.</summary>
    internal void ChangeHereByOthers(IEnumerable<User> arrived, IEnumerable<UserId> gone)
    {
        HashSet<SendQueue>? told;
        lock (_gate)
        {
            foreach (var user in arrived)
                if (_elsewhere.TryAdd(user.Id, user))
                    Enter(user);
            foreach (var id in gone)
                if (_elsewhere.Remove(id, out var user))
                    _ephemerals.Presence.Exit(user, lingers: true);
            Stir();
            told = TakeTold();
        }
        Flush(told);
    }

    /// <summary>Somebody writes something by another node.</summary>
    internal void TypeElsewhere(User user)
    {
        lock (_gate)
        {
            _ephemerals.Type(user);
            Stir();
        }
    }

    /// <summary>Members who asked are told how far others have read.</summary>
    internal void TellReceipts(IReadOnlyList<ReadPosition> moved, Turn turn)
    {
        lock (_gate)
            _ephemerals.TellReceipts(_room.Uid, moved, _audience.In(WireFormat.WebSocket), turn);
    }

    /// <summary>Tells what stirred since the tick before.</summary>
    internal void Tick(Turn turn)
    {
        HashSet<SendQueue>? told;
        lock (_gate)
        {
            _isStirred = false;
            _ephemerals.Tick(_room.Uid, _audience.In(WireFormat.WebSocket), turn);
            foreach (var gone in _ephemerals.Presence.TakeGone())
                if (_roster.Remove(gone))
                    TellDeparted(gone, reason: null);
            Stir();
            told = TakeTold();
        }
        Flush(told);
    }

    /// <summary>Queues something that is not an event for everybody on one kind of wire.</summary>
    internal void Tell(WireFormat format, ReadOnlyMemory<byte> bytes, Turn turn)
    {
        lock (_gate)
            foreach (var subscription in _audience.In(format))
                subscription.Session.Tell(bytes, turn);
    }

    private void Enter(User? who)
    {
        _ephemerals.Presence.Enter(who);
        if (who is not null && _roster.Add(who))
            TellOfPeople(format => format.Arrived(_room, who));
    }

    private void TellDeparted(User who, string? reason) => TellOfPeople(format => format.Departed(_room, who, reason));

    private void TellOfPeople(Func<WireFormat, byte[]?> encode)
    {
        foreach (var (format, subscribers) in _audience.ByFormat)
        {
            if (!format.TellsOfPeople || encode(format) is not { } bytes)
                continue;
            foreach (var subscription in subscribers)
            {
                subscription.Session.Enqueue(bytes);
                (_told ??= []).Add(subscription.Session.Queue);
            }
        }
    }

    private HashSet<SendQueue>? TakeTold()
    {
        var told = _told;
        _told = null;
        return told;
    }

    /// <summary>A write for each one: nobody else waits for the room meanwhile.</summary>
    private static void Flush(HashSet<SendQueue>? told)
    {
        foreach (var queue in told ?? [])
            queue.Flush();
    }

    /// <summary>What the head was loaded with is not news: whoever subscribed since was told so.</summary>
    private IReadOnlyList<RoomEvent> News(IReadOnlyList<RoomEvent> run)
    {
        if (rooms.HasOtherNodes)
            return Following(run);
        return run[0].Seq > _head.Seq ? run : [.. run.Where(e => e.Seq > _head.Seq)];
    }

    /// <summary>As far as no event of another node is missing in between.</summary>
    private IReadOnlyList<RoomEvent> Following(IReadOnlyList<RoomEvent> run)
    {
        if (run[0].Seq == _head.Seq + 1 && run[^1].Seq == _head.Seq + run.Count)
            return run;
        var next = _head.Seq + 1;
        var news = new List<RoomEvent>(run.Count);
        foreach (var ev in run)
            if (ev.Seq == next)
            {
                news.Add(ev);
                next++;
            }
        return news;
    }

    private void Advance(IReadOnlyList<RoomEvent> news)
    {
        var posts = _head.PostNo;
        foreach (var ev in news)
        {
            if (ev is Posted posted)
                posts = posted.PostNo;
            _recent.Add(ev);
            // Once more: what it erases may have stood before it in the same run.
            EraseRecent(ev);
        }
        _head = _head with { Seq = news[^1].Seq, PostNo = posts, Ts = news[^1].Ts };
        if (_awaited is not null)
            TellWhoAwaits();
    }

    private void TellWhoAwaits()
    {
        foreach (var (seq, there) in _awaited!)
            if (seq <= _head.Seq)
                there.SetResult();
        _awaited.RemoveAll(a => a.Seq <= _head.Seq);
        if (_awaited.Count == 0)
            _awaited = null;
    }

    private void EraseRecent(RoomEvent by)
    {
        if (by is Deleted { Target: var target })
            _recent.Erase(e => e.Seq == target || e is Edited edited && edited.Target == target);
        else if (by is MessagesErased erased)
            _recent.Erase(e => e is Posted or Edited && e.From.Id == erased.Subject.Id && e.Seq <= erased.UpTo);
    }

    private void Stir()
    {
        if (_isStirred || !_ephemerals.IsStirred)
            return;
        _isStirred = true;
        rooms.Stir(this);
    }
}
