using Minato.Core.Events;

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
