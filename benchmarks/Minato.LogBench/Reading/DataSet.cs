using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.LogBench.Databases;

namespace Minato.LogBench.Reading;

/// <summary>A filled database, opened: who reads, and where there is something to read.</summary>
internal sealed class DataSet : IAsyncDisposable
{
    private readonly (Room Room, RoomHead Head, long First)[] _rooms;

    private DataSet(IStore store, (Room, RoomHead, long)[] rooms, User owner, User newcomer, User named) =>
        (Store, _rooms, Owner, Newcomer, Named) = (store, rooms, owner, newcomer, named);

    internal IStore Store { get; }

    /// <summary>A member of every room, from its first event on.</summary>
    internal User Owner { get; }

    /// <summary>Joined the busiest room just now, and may see no more of it than 21 events.</summary>
    internal User Newcomer { get; }

    /// <summary>A member of the busiest room, whom one message in a hundred names, there and elsewhere.</summary>
    internal User Named { get; }

    /// <summary>The room of most messages, and the seq of its first post.</summary>
    internal (Room Room, long First) Busiest => (_rooms[0].Room, _rooms[0].First);

    internal static async Task<DataSet> OpenAsync(IDatabase database, Shape shape)
    {
        var (store, none) = (database.OpenStore(durable: false), CancellationToken.None);
        var owner = (await store.FindUserAsync(Filler.Owner, none))!;
        var rooms = new List<(Room, RoomHead, long)>();
        for (var i = 0; i < shape.Read; i++)
        {
            var room = (await store.FindRoomAsync($"room-{i}", none))!;
            var first = (await store.ReadEventsAsync(room.Id, owner.Id, 0, 10, none)).OfType<Posted>().First();
            rooms.Add((room, await store.ReadHeadAsync(room.Id, none), first.Seq));
        }
        return new DataSet(
            store, [.. rooms], owner, (await store.FindUserAsync(Filler.Newcomer, none))!,
            (await store.FindUserAsync(Filler.Named, none))!);
    }

    internal (RoomId Room, RoomHead Head) Any(Random random)
    {
        var (room, head, _) = _rooms[random.Next(_rooms.Length)];
        return (room.Id, head);
    }

    /// <summary>A room, and the message that one of its threads of about 8 began with.</summary>
    /// <param name="choose">A message of a room with this head.</param>
    internal (RoomId Room, long Root) AnyThread(Random random, Func<Random, long, long> choose)
    {
        var (room, head, first) = _rooms[random.Next(_rooms.Length)];
        return (room.Id, Filler.ThreadBelow(choose(random, head.Seq), first));
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
