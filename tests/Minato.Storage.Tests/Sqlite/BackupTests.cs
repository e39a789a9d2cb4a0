namespace Minato.Storage.Tests.Sqlite;

public sealed class BackupTests : SqliteTests
{
    private string Copy => Path.Combine(Folder, "copy.db");

    [Fact]
    public async Task A_backup_taken_while_commits_go_on_holds_all_that_was_committed_before_its_end()
    {
        await using var store = await OpenLarge();
        using (var backup = store.StartBackup(Copy))
        {
            var steps = 0;
            while (!backup.Step())
            {
                Assert.False(System.IO.File.Exists(Copy));
                await Post(store, $"while step {++steps}", new string('z', 16_000));
                await store.MaintainAsync(default);
                Assert.InRange(backup.Progress.Done, 1, backup.Progress.Total);
            }
            Assert.True(steps > 2, $"{steps} steps");
            Assert.Equal(backup.Progress.Total, backup.Progress.Done);
        }
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Copy));
        var events = await EventsOf(store);
        await Post(store, "after the end");
        await using var copy = Open(Copy);
        Assert.Equal(events, await EventsOf(copy));
        await AssertWhole(copy);
        Assert.Equal(["copy.db", "copy.db-shm", "copy.db-wal"], Names("copy*"));
    }

    [Fact]
    public async Task A_batch_rolled_back_meanwhile_does_not_spoil_the_copy()
    {
        await using var store = await OpenLarge();
        store.Writer.Execute("create trigger no_bad_bodies before insert on bodies when new.body = 'BAD' begin select raise(abort, 'bad'); end");
        using (var backup = store.StartBackup(Copy))
        {
            // SQLite starts the copy over after a rollback: one of them must not spoil it, many would only delay it.
            backup.Step();
            await Post(store, "good", "BAD");
            while (!backup.Step())
                await Post(store, "good");
        }
        await using var copy = Open(Copy);
        Assert.Equal(await EventsOf(store), await EventsOf(copy));
        await AssertWhole(copy);
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_and_kept()
    {
        await using var store = Open();
        await System.IO.File.WriteAllTextAsync(Copy, "precious");
        Assert.Equal($"{Copy} exists already. Choose another name, or remove it.", Assert.Throws<IOException>(() => store.StartBackup(Copy)).Message);
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(Copy));
        Assert.Equal(["copy.db"], Names("copy*"));
    }

    [Fact]
    public async Task A_folder_of_that_name_or_a_missing_one_is_refused_at_once()
    {
        await using var store = Open();
        Assert.Throws<IOException>(() => store.StartBackup(Folder));
        Assert.ThrowsAny<IOException>(() => store.StartBackup(Path.Combine(Folder, "nowhere", "copy.db")));
        Assert.Empty(Names("*.partial"));
    }

    [Fact]
    public async Task A_backup_given_up_leaves_nothing_behind()
    {
        await using var store = await OpenLarge();
        using (var backup = store.StartBackup(Copy))
            Assert.False(backup.Step());
        Assert.Empty(Names("copy*"));
        await Post(store, "the store goes on");
        await AssertWhole(store);
    }

    [Fact]
    public async Task A_file_that_appears_meanwhile_is_kept_and_the_backup_leaves_nothing_behind()
    {
        await using var store = await OpenLarge();
        using (var backup = store.StartBackup(Copy))
        {
            backup.Step();
            await System.IO.File.WriteAllTextAsync(Copy, "precious");
            Assert.Throws<IOException>(() =>
            {
                while (!backup.Step())
                {
                }
            });
        }
        Assert.Equal(["copy.db"], Names("copy*"));
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(Copy));
        await AssertWhole(store);
    }

    [Fact]
    public async Task A_backup_to_a_full_disk_fails_alone_and_leaves_nothing_behind()
    {
        using var disk = new SmallDisk("1m");
        await using var store = await OpenLarge();
        using (var backup = store.StartBackup(disk.Of("copy.db")))
        {
            var failure = Assert.Throws<IOException>(() =>
            {
                while (!backup.Step())
                {
                }
            });
            Assert.Contains("full", failure.Message);
        }
        Assert.Empty(Directory.GetFiles(disk.Path));
        await Post(store, "the store goes on");
        await AssertWhole(store);
    }

    private async Task<Storage.Sqlite.SqliteStore> OpenLarge()
    {
        var store = Open();
        await Post(store, [.. Enumerable.Range(0, 250).Select(i => $"{i}" + new string('x', 16_000))]);
        return store;
    }

    private IEnumerable<string> Names(string pattern) => Directory.GetFiles(Folder, pattern).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
