using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>The rooms in which somebody is: loaded when the first comes, let go when the last is gone.</summary>
internal sealed class LiveRooms(IStore store)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomId, LiveRoom> _rooms = [];

    internal LiveRoom? Find(RoomId id)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(id);
    }

    /// <summary>Joins the live side of a room. Undo it with <see cref="Unsubscribe"/>.</summary>
    internal async ValueTask<(Subscription Subscription, RoomHead Head)> SubscribeAsync(
        Room room, Session session, WireFormat format, bool isLive, CancellationToken cancel)
    {
        var live = Enter(room);
        try
        {
            // Entered before the head is read: what is committed meanwhile is in the head, or its publishing was noticed.
            while (!live.IsLoaded && !live.TryLoad(await store.ReadHeadAsync(room.Id, cancel)))
            {
            }
            return live.Subscribe(session, format, isLive);
        }
        catch
        {
            Exit(live);
            throw;
        }
    }

    internal void Unsubscribe(Subscription subscription)
    {
        subscription.Room.Unsubscribe(subscription);
        Exit(subscription.Room);
    }

    private LiveRoom Enter(Room room)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room.Id, out var live))
                _rooms[room.Id] = live = new LiveRoom(room);
            live.Users++;
            return live;
        }
    }

    private void Exit(LiveRoom live)
    {
        lock (_gate)
            if (--live.Users == 0)
                _rooms.Remove(live.Id);
    }
}
