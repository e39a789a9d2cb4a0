using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>What a kill leaves: the database and its log as they stand, without the memory that was shared.</summary>
public sealed class KilledTests : SqliteTests
{
    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_kill_at_any_moment()
    {
        await using var store = Open();
        var acknowledged = new List<RoomEvent>(await EventsOf(store));
        for (var round = 0; round < 12; round++)
        {
            acknowledged.AddRange(await Post(store, [.. Enumerable.Range(0, round * 80).Select(i => $"{round}.{i} {new string('x', 1_000)}")]));
            await AssertSurvives($"committed-{round}", acknowledged);
            await store.MaintainAsync(default);
            await AssertSurvives($"maintained-{round}", acknowledged);
        }
        Assert.True(acknowledged.Count > 5_000);
        Assert.True(new FileInfo(File).Length > 200_000, "No checkpoint was among them.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(4_000)]
    [InlineData(9_000)]
    public async Task A_transaction_cut_by_the_kill_is_as_if_it_had_never_been(int cut)
    {
        await using var store = Open();
        await Post(store, "before");
        var before = await EventsOf(store);
        await Post(store, new string('x', 16_000), new string('y', 16_000));
        var copy = CopyTo("cut");
        using (var log = new FileStream(copy + "-wal", FileMode.Open))
            log.SetLength(log.Length - cut);
        await using var reopened = Open(copy);
        Assert.Equal(before, await EventsOf(reopened));
        await AssertWhole(reopened);
        Assert.Equal(before.Count + 1, (await Post(reopened, "after"))[0].Seq);
    }

    [Fact]
    public async Task A_kill_between_slices_leaves_a_shorter_log_and_never_a_torn_one()
    {
        await using var store = Open();
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        var made = (Logged)(await store.CommitAsync([new CreateRoom(alice, null, "dev", "")], default))[0];
        var dev = made.Room;
        await store.CommitAsync([.. Enumerable.Range(0, 700).SelectMany(i => new[] { new Post(alice, null, dev.Id, Body($"{i}")), new Post(alice, null, lobby.Id, Body($"{i}")) })], default);
        Clock.Advance(TimeSpan.FromDays(2));
        await store.CommitAsync([new SetRetention(alice, null, dev.Id, 1), new EraseMessages(alice, null, lobby.Id, alice.Id)], default);
        var (first, upkeep) = (1L, Upkeep.None);
        for (var kill = 0; kill == 0 || upkeep.Next < TimeSpan.FromSeconds(1); kill++)
        {
            Assert.Null((upkeep = await store.MaintainAsync(default)).Cause);
            Clock.Advance(TimeSpan.FromSeconds(1));
            await using var killed = Open(CopyTo($"slice-{kill}"));
            var head = await killed.ReadHeadAsync(dev.Id, default);
            Assert.InRange(head.FirstSeq, first, first + 200);
            first = head.FirstSeq;
            var left = (await killed.ReadEventsAsync(dev.Id, null, 0, long.MaxValue, default)).OfType<Posted>().ToList();
            Assert.Equal(Enumerable.Range((int)head.TrimmedPosts, 700 - (int)head.TrimmedPosts).Select(i => $"{i}"), left.Select(p => p.Body.ToString()));
            Assert.All((await EventsOf(killed)).OfType<Posted>(), p => Assert.Null(p.Body));
            Assert.Equal("ok", killed.Writer.Text("pragma integrity_check"));
            // Whoever goes on after the kill comes to the same end.
            for (var slice = 0; slice < 10; slice++)
            {
                Assert.Null((await killed.MaintainAsync(default)).Cause);
                Clock.Advance(TimeSpan.FromMilliseconds(100));
            }
            Assert.Equal(0, killed.Writer.Scalar("select count(*) from bodies join events using (room_id, seq) where kind = 2 and body is not null"));
            Assert.Equal(702, (await killed.ReadHeadAsync(dev.Id, default)).FirstSeq);
        }
        Assert.Equal(702, first);
    }

    private async Task AssertSurvives(string name, List<RoomEvent> acknowledged)
    {
        await using var reopened = Open(CopyTo(name));
        Assert.Equal(acknowledged, await EventsOf(reopened));
        await AssertWhole(reopened);
    }

    private string CopyTo(string name)
    {
        var copy = Path.Combine(Folder, name);
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        return copy;
    }
}
