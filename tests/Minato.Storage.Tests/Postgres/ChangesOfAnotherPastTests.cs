using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>A standby takes over that did not have the newest changes, and gives their numbers once more.</summary>
public sealed class ChangesOfAnotherPastTests : IDisposable
{
    // No power is lost.
    private readonly PostgresServer _primary = new() { Settings = ["fsync=off"] };
    private PostgresServer? _standby;

    public void Dispose()
    {
        _standby?.Dispose();
        _primary.Dispose();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, true)]
    public async Task What_is_changed_then_is_told_whatever_its_number_and_it_is_known_whether_anything_was_lost(int lost, bool isIncomplete)
    {
        var database = new NpgsqlConnectionStringBuilder(_primary.NewDatabase());
        await PostgresStore.Open(database.ConnectionString, TimeProvider.System).DisposeAsync();
        Change(_primary, database, count: 3);
        _standby = _primary.NewStandby();
        database.Host = $"127.0.0.1:{_primary.Port},127.0.0.1:{_standby.Port}";
        await using var store = PostgresStore.Open(database.ConnectionString, TimeProvider.System);
        var mark = (await store.Feed.ReadChangesAsync(after: null, default)).Mark;
        Change(_primary, database, count: 3);
        mark = (await store.Feed.ReadChangesAsync(mark, default)).Mark;
        await WaitAsync(() => Count(_standby, database) == 6);
        _standby.Crash();
        Change(_primary, database, lost);
        mark = (await store.Feed.ReadChangesAsync(mark, default)).Mark;
        _primary.Kill();
        _standby.Recover();
        _standby.Promote();

        Change(_standby, database, count: 50, from: 1001);
        ChangePage? page = null;
        await WaitAsync(async () => (page = await TryReadAsync(store, mark)) is not null);

        Assert.Equal(isIncomplete, page!.IsIncomplete);
        Assert.Equal(Enumerable.Range(1001, 50).Select(i => (long)i), page.Changes.Select(c => c.User.Value).Where(u => u > 1000));
        Assert.Empty((await store.Feed.ReadChangesAsync(page.Mark, default)).Changes);
    }

    /// <summary>Somebody else's, each in a transaction of its own.</summary>
    private static void Change(PostgresServer on, NpgsqlConnectionStringBuilder database, int count, int from = 1)
    {
        for (var i = 0; i < count; i++)
            on.Execute($"insert into changes (writer, kind, user_id) values (gen_random_uuid(), 2, {from + i})", database.Database!);
    }

    private static long Count(PostgresServer on, NpgsqlConnectionStringBuilder database) => (long)on.Execute("select count(*) from changes", database.Database!)!;

    private static async Task<ChangePage?> TryReadAsync(PostgresStore store, ChangeMark mark)
    {
        try
        {
            return await store.Feed.ReadChangesAsync(mark, default);
        }
        catch (StoreAwayException)
        {
            return null;
        }
    }

    private static Task WaitAsync(Func<bool> isSo) => WaitAsync(() => Task.FromResult(isSo()));

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 600, "It did not come about.");
            await Task.Delay(100);
        }
    }
}
