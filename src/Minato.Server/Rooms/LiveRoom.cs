using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>
/// A room in which somebody is: its head and who is to be told. Its lock is the order: an event is queued for everybody, or the
/// newcomer's head takes account of it, never both and never neither.
/// </summary>
internal sealed class LiveRoom(Room room)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WireFormat, List<Subscription>> _subscribers = [];
    private Room _room = room;
    private RoomHead _head;
    private bool _loaded;
    private bool _missed;

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

    internal bool IsLoaded
    {
        get
        {
            lock (_gate)
                return _loaded;
        }
    }

    /// <summary>Takes over what the store says. False: events were published since it was asked, so ask again.</summary>
    internal bool TryLoad(RoomHead head)
    {
        lock (_gate)
        {
            if (_loaded)
                return true;
            if (_missed)
            {
                _missed = false;
                return false;
            }
            _head = head;
            return _loaded = true;
        }
    }

    /// <summary>Queues a run of events, encoded once for each format in use.</summary>
    internal void Publish(Room room, IReadOnlyList<RoomEvent> run, Turn turn)
    {
        lock (_gate)
        {
            if (!_loaded)
            {
                _missed = true;
                return;
            }
            // What the head was loaded with is not news: whoever subscribed since was told so.
            var news = run[0].Seq > _head.Seq ? run : [.. run.Where(e => e.Seq > _head.Seq)];
            if (news.Count == 0)
                return;
            _room = room;
            Advance(news);
            foreach (var (format, subscribers) in _subscribers)
                if (subscribers.Count > 0)
                    foreach (var bytes in format.Encode(room, news))
                        foreach (var subscription in subscribers)
                            if (subscription.IsLive)
                            {
                                subscription.Cursor = _head.Seq;
                                turn.Send(subscription.Session, bytes);
                            }
        }
    }

    /// <summary>Takes part from now on.</summary>
    /// <param name="isLive">True: what is newer than the head that is returned will be queued. False: nothing is, until <see cref="TryGoLive"/>.</param>
    internal (Subscription Subscription, RoomHead Head) Subscribe(Session session, WireFormat format, bool isLive)
    {
        lock (_gate)
        {
            var subscription = new Subscription(session, this) { Cursor = _head.Seq, IsLive = isLive };
            Add(subscription, format);
            return (subscription, _head);
        }
    }

    internal void Unsubscribe(Subscription subscription)
    {
        lock (_gate)
            Remove(subscription);
    }

    internal void ChangeFormat(Subscription subscription, WireFormat format)
    {
        lock (_gate)
        {
            Remove(subscription);
            Add(subscription, format);
        }
    }

    /// <summary>Says how far a subscription has come. True: it is level with the head and live again, or over.</summary>
    /// <param name="head">What there is to catch up with.</param>
    internal bool TryGoLive(Subscription subscription, long cursor, out long head)
    {
        lock (_gate)
        {
            subscription.Cursor = cursor;
            head = _head.Seq;
            subscription.IsLive = !subscription.IsOver && cursor >= head;
            return subscription.IsLive || subscription.IsOver;
        }
    }

    /// <summary>Nothing more is queued for it, for good; it is still to be unsubscribed.</summary>
    internal void Hush(Subscription subscription)
    {
        lock (_gate)
            (subscription.IsLive, subscription.IsOver) = (false, true);
    }

    /// <summary>Who is connected now, each user once; those who are nobody yet by the name they would get.</summary>
    internal List<(User? User, string Nick)> Here()
    {
        lock (_gate)
            return [.. _subscribers.Values.SelectMany(s => s).Select(s => (s.Session.You, s.Session.Nick)).DistinctBy(u => u.Nick)];
    }

    /// <summary>Queues something that is not an event for everybody on one kind of wire.</summary>
    internal void Tell(WireFormat format, ReadOnlyMemory<byte> bytes, Turn turn)
    {
        lock (_gate)
            if (_subscribers.TryGetValue(format, out var subscribers))
                foreach (var subscription in subscribers)
                    turn.Send(subscription.Session, bytes);
    }

    private void Advance(IReadOnlyList<RoomEvent> news)
    {
        var last = news[^1];
        var posts = _head.PostNo;
        foreach (var ev in news)
            if (ev is Posted posted)
                posts = posted.PostNo;
        _head = _head with { Seq = last.Seq, PostNo = posts, Ts = last.Ts };
    }

    private void Add(Subscription subscription, WireFormat format)
    {
        if (!_subscribers.TryGetValue(format, out var list))
            _subscribers[format] = list = [];
        (subscription.Format, subscription.Index) = (format, list.Count);
        list.Add(subscription);
    }

    private void Remove(Subscription subscription)
    {
        if (subscription.Format is not { } format)
            return;
        var list = _subscribers[format];
        var last = list[^1];
        list[subscription.Index] = last;
        last.Index = subscription.Index;
        list.RemoveAt(list.Count - 1);
        subscription.Format = null;
    }
}
