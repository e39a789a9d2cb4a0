using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;

namespace Minato.Storage.Tests.Postgres;

/// <summary>Several servers on one database that sweep it while they write.</summary>
public sealed class SweepingTests(PostgresServer server)
{
    private const int Servers = 4;
    private const int Old = 900;

    [Fact]
    public async Task Servers_that_sweep_the_same_rooms_do_it_once_and_stand_in_nobodys_way()
    {
        var clock = new LaterClock();
        var database = server.NewDatabaseWithSchema();
        var stores = Enumerable.Range(0, Servers).Select(_ => PostgresStore.Open(database, clock)).ToList();
        var alice = ((UserChanged)(await stores[0].CommitAsync([new RegisterGuest(UserKind.Guest, "alice", false, new byte[32])], default))[0]).User;
        var rooms = new List<Room>();
        foreach (var slug in new[] { "kept", "erased" })
            rooms.Add(((Logged)(await stores[0].CommitAsync([new CreateRoom(alice, null, slug, "")], default))[0]).Room);
        await stores[0].CommitAsync([.. Enumerable.Range(0, Old).SelectMany(i => rooms.Select(r => Post(alice, r, $"{i}")))], default);
        clock.Later = TimeSpan.FromDays(3);
        await stores[1].CommitAsync([new SetRetention(alice, null, rooms[0].Id, 1), new EraseMessages(alice, null, rooms[1].Id, alice.Id)], default);

        await Task.WhenAll(stores.Select((store, number) => Task.Run(async () =>
        {
            for (var round = 0; round < 60; round++)
            {
                await store.CommitAsync([.. rooms.Select(r => Post(alice, r, $"new {number}.{round}"))], default);
                Assert.Null((await store.MaintainAsync(default)).Cause);
                // Slices are paced by the clock, and this is no test of patience.
                clock.Later += TimeSpan.FromSeconds(1);
            }
        })));

        var head = await stores[2].ReadHeadAsync(rooms[0].Id, default);
        Assert.Equal((Old + 2, Old), (head.FirstSeq, head.TrimmedPosts));
        foreach (var (room, first) in rooms.Zip([head.FirstSeq, 1L]))
        {
            var events = await stores[3].ReadEventsAsync(room.Id, null, 0, long.MaxValue, default);
            Assert.Equal(Enumerable.Range((int)first, events.Count).Select(s => (long)s), events.Select(e => e.Seq));
            Assert.Equal(Servers * 60, events.OfType<Posted>().Count(p => p.Body is not null));
        }
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    private static Post Post(User from, Room room, string text) =>
        new(from, null, room.Id, MessageBody.FromStore(Encoding.UTF8.GetBytes(text)));

    /// <summary>The system's clock, later.</summary>
    private sealed class LaterClock : TimeProvider
    {
        private long _ticks;

        public TimeSpan Later
        {
            get => new(Interlocked.Read(ref _ticks));
            set => Interlocked.Exchange(ref _ticks, value.Ticks);
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Later.Ticks;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
