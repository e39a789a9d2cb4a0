using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Tests.Sqlite;

public sealed class MigrationTests : SqliteTests
{
    /// <summary>The version that one more script makes.</summary>
    private static readonly int Next = Migrations.OfThisVersion.Scripts.Count + 1;

    private static Migrations With(params string[] more) => new([.. Migrations.OfThisVersion.Scripts, .. more]);

    [Fact]
    public async Task A_new_database_is_not_copied()
    {
        await using var store = SqliteStore.Open(File, durable: true, Clock, With("create table extra (x integer) strict"));
        Assert.Empty(Directory.GetFiles(Folder, "*.before-*"));
        Assert.Equal(Next, store.Writer.Scalar("pragma user_version"));
    }

    [Fact]
    public async Task A_migration_copies_the_database_first_and_keeps_what_is_in_it()
    {
        await using (var store = Open())
            await Post(store, "one", "two");
        IReadOnlyList<Core.Events.RoomEvent> events;
        await using (var store = SqliteStore.Open(File, durable: true, Clock, With("create table extra (x integer) strict; insert into extra values (7)")))
        {
            await Post(store, "three");
            events = await EventsOf(store);
            Assert.Equal((Next, 7), (store.Writer.Scalar("pragma user_version"), store.Writer.Scalar("select x from extra")));
            await AssertWhole(store);
        }
        await using var before = Open($"{File}.before-{Next}");
        Assert.Equal(events.SkipLast(1), await EventsOf(before));
        Assert.Equal(0, before.Writer.Scalar("select count(*) from sqlite_schema where name = 'extra'"));
        await AssertWhole(before);
    }

    [Fact]
    public async Task A_database_of_the_first_day_is_copied_and_its_guests_are_who_they_were()
    {
        var hash = new byte[32];
        using (var old = SqliteDatabase.Open(File, create: true))
        {
            old.Execute($"begin immediate; {Migrations.OfThisVersion.Scripts[0]}; pragma user_version = 1; pragma application_id = {Migrations.ApplicationId}; commit;");
            old.Execute("insert into users (uid, kind, nick, nick_key, created_at) values (x'0197a000000070008000000000000001', 0, 'Ann', 'ann', 1)");
            old.Execute($"insert into sessions (token_hash, user_id, created_at) values (x'{Convert.ToHexString(hash)}', 1, 1)");
        }
        await using (var store = Open())
        {
            Assert.Equal(Migrations.OfThisVersion.Scripts.Count, store.Writer.Scalar("pragma user_version"));
            var guest = (await store.FindCredentialAsync(hash, CancellationToken.None))!;
            Assert.Equal(("Ann", true, null), (guest.User.Nick, guest.User.IsGuest, guest.ExpiresAt));
            await AssertWhole(store);
        }
        using var before = SqliteDatabase.Open(File + ".before-2", create: false);
        Assert.Equal((1, 1), (before.Scalar("pragma user_version"), before.Scalar("select count(*) from sessions")));
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing_and_the_old_version_still_opens()
    {
        await using (var store = Open())
            await Post(store, "one");
        var failure = Assert.Throws<StoreFailedException>(
            () => SqliteStore.Open(File, durable: true, Clock, With("create table extra (x integer) strict", "create table more (x integer) strict; nonsense")));
        Assert.Contains("nonsense", failure.Message);
        Assert.True(System.IO.File.Exists($"{File}.before-{Next}"));
        Assert.Empty(Directory.GetFiles(Folder, "*.partial"));

        // The first script was undone with the second.
        await using (var store = Open())
        {
            Assert.Equal(0, store.Writer.Scalar("select count(*) from sqlite_schema where name in ('extra', 'more')"));
            await AssertWhole(store);
        }
        await using var old = Open($"{File}.before-{Next}");
        await AssertWhole(old);
    }

    [Fact]
    public async Task Beside_a_server_whose_writer_stands_still_nothing_but_the_schema_changes_and_its_readers_go_on()
    {
        await using var store = Open();
        await Post(store, "one");
        var events = await EventsOf(store);
        SqliteStore.Check(File);
        SqliteStore.Migrate(File);
        Assert.Empty(Directory.GetFiles(Folder, "*.before-*"));
        SqliteStore.Migrate(File, With("create table extra (x integer) strict"));
        Assert.Equal(events, await EventsOf(store));
        Assert.Contains("newer Minato", Assert.Throws<StoreFailedException>(() => SqliteStore.Check(File)).Message);
        SqliteStore.Check(File, With("create table extra (x integer) strict"));
    }

    [Fact]
    public async Task Without_space_for_the_copy_nothing_is_migrated_and_no_half_copy_stays()
    {
        using var disk = new SmallDisk("1m");
        var file = disk.Of("minato.db");
        await using (var store = SqliteStore.Open(file, durable: true, Clock))
            await Post(store, [.. Enumerable.Repeat(new string('x', 16_000), 20)]);
        // Enough to open it, not to copy it.
        await System.IO.File.WriteAllBytesAsync(disk.Of("ballast"), new byte[Math.Max(0, new DriveInfo(disk.Path).AvailableFreeSpace - 150_000)]);
        Assert.Contains("no space left", Assert.Throws<StoreFailedException>(
            () => SqliteStore.Open(file, durable: true, Clock, With("create table extra (x integer) strict"))).Message);
        Assert.DoesNotContain(Directory.GetFiles(disk.Path), f => f.Contains(".before-"));
        await using var still = SqliteStore.Open(file, durable: true, Clock);
        await AssertWhole(still);
    }
}
