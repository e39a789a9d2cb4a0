using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Posting;

namespace Minato.LogBench.Reading;

/// <summary>
/// Fills a database with messages in the order in which rooms would have said them: people and rooms by the store's commands, posts by
/// the bare writer without fsync, and at last a newcomer by commands again. Client ids are left out: they are gone after 30 days.
/// </summary>
internal static class Filler
{
    /// <summary>Every so many posts of a room begin a thread, which 8 of those that follow answer.</summary>
    internal const int ThreadEvery = 100;

    internal const string Owner = "person-0", Newcomer = "person-1", Named = "person-2";

    /// <summary>What a newcomer may see: their joining and what follows.</summary>
    private const int SaidToNewcomer = 20;

    private const int People = 200, Batch = 10_000;

    internal static async Task FillAsync(IDatabase database, Shape shape, int messages)
    {
        Progress.Say($"filling {database.Name}: {messages:N0} messages in {shape.Title}");
        database.Delete();
        Residents residents;
        long[] heads;
        await using (var store = database.OpenStore(durable: false))
        {
            // Every second room is private, the busiest among them, so that what may be seen is asked the long way, too.
            residents = await Residents.MoveInAsync(store, People, shape.Rooms, kind: i => i % 2 == 0 ? RoomKind.Private : RoomKind.Public);
            // Whoever is named belongs to the busiest room: what names them elsewhere they may see in public rooms only.
            await Residents.CommitAsync(store,
            [
                new Invite(residents.Owner, null, residents.Rooms[0].Id, residents.People[2].Id),
                new Join(residents.People[2], null, residents.Rooms[0].Id),
            ]);
            heads = new long[shape.Rooms];
            for (var i = 0; i < shape.Rooms; i++)
                heads[i] = (await store.ReadHeadAsync(residents.Rooms[i].Id, CancellationToken.None)).Seq;
        }
        Post(database, shape, residents, heads, messages);
        await using (var store = database.OpenStore(durable: false))
            await LetNewcomerInAsync(store, residents);
    }

    /// <summary>A message that begins a thread, below the newest of a room.</summary>
    /// <param name="first">The seq of the room's first post.</param>
    internal static long ThreadBelow(long seq, long first) => seq - (seq - first) % ThreadEvery;

    private static void Post(IDatabase database, Shape shape, Residents residents, long[] heads, int messages)
    {
        var (random, bodies, shares) = (new Random(1), Texts.Bodies.Mixed(), shape.Shares());
        var (first, batch) = (heads.Select(h => h + 1).ToArray(), new List<PostRow>(Batch));
        // Two years of talk.
        var (start, step) = (DateTimeOffset.UtcNow.AddYears(-2).ToUnixTimeMilliseconds(), 730.0 * 86_400_000 / messages);
        var named = residents.People[2].Id.Value;
        using var writer = database.OpenBareWriter(durable: false);
        for (var i = 0; i < messages; i++)
        {
            var room = shape.Rooms == 1 ? 0 : Math.Min(~Math.Min(Array.BinarySearch(shares, random.NextDouble()), -1), shape.Rooms - 1);
            var (seq, what) = (++heads[room], random.Next(100));
            var thread = ThreadBelow(seq, first[room]);
            batch.Add(new PostRow(
                residents.Rooms[room].Id.Value, seq, seq - first[room] + 1, residents.People[random.Next(People)].Id.Value, start + (long)(i * step),
                Cid: null, bodies[random.Next(bodies.Length)])
            {
                // 8 in 100 answer the newest thread, 2 the room's first.
                ThreadRoot = seq == thread ? null : what < 8 ? thread : what < 10 ? first[room] : null,
                NamesEveryone = what is >= 10 and < 20,
                Names = what == 20 ? named : null,
            });
            if (batch.Count < Batch && i < messages - 1)
                continue;
            writer.Commit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch));
            batch.Clear();
            if ((i + 1) % 1_000_000 == 0)
                Progress.Say($"filling {database.Name}: {i + 1:N0}");
        }
    }

    private static async Task LetNewcomerInAsync(IStore store, Residents residents)
    {
        var (room, newcomer) = (residents.Rooms[0].Id, residents.People[1]);
        _ = MessageBody.TryCreate("welcome"u8.ToArray(), out var body);
        await Residents.CommitAsync(store,
        [
            new Invite(residents.Owner, null, room, newcomer.Id), new Join(newcomer, null, room),
            .. Enumerable.Range(0, SaidToNewcomer).Select(_ => new Post(residents.Owner, null, room, body)),
        ]);
    }
}
