using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;

namespace Minato.Storage.Tests.Sqlite;

public sealed class DiskFullTests : SqliteTests
{
    [Fact]
    public async Task A_full_disk_saves_nothing_and_with_space_again_the_same_commands_succeed()
    {
        using var disk = new SmallDisk("2m");
        var ballast = disk.Of("ballast");
        await System.IO.File.WriteAllBytesAsync(ballast, new byte[800_000]);
        await using var store = Open(disk.Of("minato.db"));
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        // Enough client ids that forgetting them needs more space than the log has left over.
        await store.CommitAsync([.. Enumerable.Range(0, 600).Select(i => new Post(alice, Cid(i), lobby.Id, Body("x")))], default);

        Command[] batch = [.. Enumerable.Range(0, 4).Select(i => new Post(alice, null, lobby.Id, Body(new string((char)('a' + i), 16_000))))];
        var acknowledged = new List<RoomEvent>(await EventsOf(store));
        StoreFullException? full = null;
        for (var i = 0; i < 100 && full is null; i++)
        {
            try
            {
                acknowledged.AddRange((await store.CommitAsync(batch, default)).Cast<Logged>().Select(l => l.Event!));
            }
            catch (StoreFullException e)
            {
                full = e;
            }
        }
        Assert.StartsWith("The disk is full.", full?.Message);
        Assert.True(acknowledged.Count > 6);
        for (var again = 0; again < 3; again++)
            await Assert.ThrowsAsync<StoreFullException>(async () => await store.CommitAsync(batch, default));
        Assert.Equal(acknowledged, await EventsOf(store));
        await AssertWhole(store);

        Assert.True(await CountUntilFull(() => Post(store, "x")) < 1_000);
        acknowledged = [.. await EventsOf(store)];

        // Housekeeping that needs space waits for it: it is no reason to end the server.
        Clock.Advance(TimeSpan.FromDays(40));
        await store.MaintainAsync(default);
        Assert.Equal(600, store.Writer.Scalar("select count(*) from client_ids"));

        System.IO.File.Delete(ballast);
        var saved = await store.CommitAsync(batch, default);
        Assert.Equal(Enumerable.Range(acknowledged.Count + 1, 4).Select(i => (long)i), saved.Cast<Logged>().Select(l => l.Seq));
        await AssertWhole(store);
        for (var slice = 0; slice < 20; slice++, Clock.Advance(TimeSpan.FromSeconds(1)))
            await store.MaintainAsync(default);
        Assert.Equal(0, store.Writer.Scalar("select count(*) from client_ids"));
    }

    private static async Task<int> CountUntilFull(Func<Task> commit)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                await commit();
            }
            catch (StoreFullException)
            {
                return count;
            }
        }
    }

    private static ClientId Cid(int i) => ClientId.TryCreate($"{i:000}{new string('c', 61)}", out var cid) ? cid : default;

    [Fact]
    public async Task A_full_disk_is_said_when_the_store_opens()
    {
        using var disk = new SmallDisk("1m");
        var file = disk.Of("minato.db");
        await System.IO.File.WriteAllBytesAsync(disk.Of("ballast"), new byte[(1024 * 1024) - 20_000]);
        Assert.Contains("no space left", AssertRefused(file).Message);
        System.IO.File.Delete(disk.Of("ballast"));
        await using var store = Open(file);
        await AssertWhole(store);
    }
}
