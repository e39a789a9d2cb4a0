using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.LogBench.Databases;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;

namespace Minato.LogBench.Posting;

/// <summary>The server from the inbox to the disk and back to the answer, without sockets: writer, publisher, store, people and rooms.</summary>
internal sealed class Harbour : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly SessionRegistry _sessions = new();
    private readonly Publisher _publisher;

    private Harbour(IStore store, Commits commits, User[] people, Room[] rooms)
    {
        (_store, Commits, People, Rooms) = (store, commits, people, rooms);
        _publisher = new Publisher(new LiveRooms(store), _sessions, NullLogger<Publisher>.Instance);
        Log = new LogWriter(commits.Store, _publisher, new ChangedRooms(), TimeProvider.System, NullLogger<LogWriter>.Instance);
    }

    internal LogWriter Log { get; }

    internal Commits Commits { get; }

    internal User[] People { get; }

    internal Room[] Rooms { get; }

    /// <param name="roomsEach">Everybody is a member of so many rooms, and posts there.</param>
    internal static async Task<Harbour> OpenAsync(IDatabase database, int people, int rooms, int roomsEach)
    {
        var store = database.OpenStore(durable: true);
        var residents = await Residents.MoveInAsync(store, people, rooms, kind: _ => RoomKind.Public);
        var joins = residents.People.SelectMany((p, i) => Enumerable.Range(0, roomsEach).Select(j => residents.Rooms[RoomOf(i, j, rooms)].Id).Distinct()
            .Where(_ => p != residents.Owner).Select(r => (Command)new Join(p, null, r)));
        await Residents.CommitAsync(store, joins);
        return new Harbour(store, Commits.Watch(store), residents.People, residents.Rooms);
    }

    /// <summary>The rooms of one person, spread over all.</summary>
    internal static int RoomOf(int person, int nth, int rooms) => (person + nth * 37) % rooms;

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await _publisher.DisposeAsync();
        _sessions.Dispose();
        await _store.DisposeAsync();
    }
}
