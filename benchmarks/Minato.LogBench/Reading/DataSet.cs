using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.LogBench.Databases;

namespace Minato.LogBench.Reading;

/// <summary>A filled database, opened: who reads, and where there is something to read.</summary>
internal sealed class DataSet : IAsyncDisposable
{
    private readonly (Room Room, RoomHead Head)[] _rooms;

    private DataSet(IStore store, (Room, RoomHead)[] rooms, User owner, User newcomer, User named) =>
        (Store, _rooms, Owner, Newcomer, Named) = (store, rooms, owner, newcomer, named);

    internal IStore Store { get; }

    /// <summary>A member of every room, from its first event on.</summary>
    internal User Owner { get; }

    /// <summary>Joined the busiest room just now, and may see no more of it than 21 events.</summary>
    internal User Newcomer { get; }

    /// <summary>A member of no room, whom one message in a hundred names.</summary>
    internal User Named { get; }

    internal (Room Room, RoomHead Head) Busiest => _rooms[0];

    internal static async Task<DataSet> OpenAsync(IDatabase database, Shape shape)
    {
        var (store, none) = (database.OpenStore(durable: false), CancellationToken.None);
        var rooms = new List<(Room, RoomHead)>();
        for (var i = 0; i < shape.Read; i++)
        {
            var room = (await store.FindRoomAsync($"room-{i}", none))!;
            rooms.Add((room, await store.ReadHeadAsync(room.Id, none)));
        }
        return new DataSet(
            store, [.. rooms], (await store.FindUserAsync(Filler.Owner, none))!, (await store.FindUserAsync(Filler.Newcomer, none))!,
            (await store.FindUserAsync(Filler.Named, none))!);
    }

    internal (RoomId Room, RoomHead Head) Any(Random random)
    {
        var (room, head) = _rooms[random.Next(_rooms.Length)];
        return (room.Id, head);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
