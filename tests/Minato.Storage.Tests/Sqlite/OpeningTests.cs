using System.Security.Cryptography;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Tests.Sqlite;

public sealed class OpeningTests : SqliteTests
{
    [Theory]
    [InlineData("create table t (x); insert into t values (1);")]
    [InlineData("pragma journal_mode = wal; create table t (x); insert into t values (1);")]
    [InlineData("pragma application_id = 7;")]
    [InlineData("pragma user_version = 1;")]
    [InlineData("pragma application_id = 7; pragma user_version = 1; create table users (x);")]
    public void Another_program_s_database_is_refused_and_left_as_it_was(string sql)
    {
        using (var other = SqliteDatabase.Open(File, create: true))
            other.Execute(sql);
        var before = Hashes();
        Assert.Equal($"{File} is another program's database, and was left alone. Choose another folder with --data.", AssertRefused().Message);
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public void Another_program_s_database_is_left_as_it_was_though_all_it_has_is_in_its_log()
    {
        using (var other = SqliteDatabase.Open(File + ".live", create: true))
        {
            other.Execute("pragma journal_mode = wal; create table t (x); insert into t values (1);");
            // As a kill leaves it: nothing was written back.
            System.IO.File.Copy(File + ".live", File);
            System.IO.File.Copy(File + ".live-wal", File + "-wal");
        }
        var before = Hashes();
        Assert.Contains("another program's database", AssertRefused().Message);
        foreach (var (name, hash) in before)
            Assert.Equal(hash, Hashes()[name]);
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_as_it_was()
    {
        var newer = new Migrations([.. Migrations.OfThisVersion.Scripts, "create table extra (x integer) strict"]);
        await SqliteStore.Open(File, durable: true, Clock, newer).DisposeAsync();
        var before = Hashes();
        Assert.Equal(
            $"{File} was written by a newer Minato (schema {Migrations.OfThisVersion.Scripts.Count + 1}; this one knows {Migrations.OfThisVersion.Scripts.Count}). Start the newer version, or restore a backup.", AssertRefused().Message);
        Assert.Equal(before[Path.GetFileName(File)], Hashes()[Path.GetFileName(File)]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("This is a text, and it is longer than the hundred bytes of a header that a database would begin with, by far.")]
    public void What_is_no_database_is_refused_and_left_as_it_was(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.StartsWith($"{File} is damaged or not a database", AssertRefused().Message);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-journal")]
    [InlineData(".partial")]
    public async Task Where_a_restore_was_cut_short_nothing_is_begun_anew(string part)
    {
        System.IO.File.WriteAllText(File + part, "what was said");
        Assert.StartsWith($"{File}{part} is there, and {File} is not: a restore was cut short. Restore again", AssertRefused().Message);
        Assert.Equal("what was said", System.IO.File.ReadAllText(File + part));
        Assert.False(System.IO.File.Exists(File));
        await using (var backup = SqliteStore.Open(Path.Combine(Folder, "backup.db"), durable: true, Clock))
            await Post(backup, "restored");
        SqliteFile.Replace(Path.Combine(Folder, "backup.db"), File);
        await using var store = Open();
        Assert.Equal(2, (await EventsOf(store)).Count);
    }

    [Fact]
    public void What_a_restore_that_was_cut_short_had_not_moved_goes_where_it_moved_the_database_to()
    {
        var (backup, kept) = (Path.Combine(Folder, "backup.db"), $"{File}.before-restore-20260101-000000");
        System.IO.File.WriteAllText(backup, "the backup");
        System.IO.File.WriteAllText(kept, "the database");
        System.IO.File.WriteAllText(File + "-wal", "its log");
        Assert.Equal(kept, SqliteFile.Replace(backup, File));
        Assert.Equal(("the backup", "the database", "its log"), (System.IO.File.ReadAllText(File), System.IO.File.ReadAllText(kept), System.IO.File.ReadAllText(kept + "-wal")));
        // And the next one, at any moment, has a name of its own.
        System.IO.File.WriteAllText(File + "-wal", "another log");
        var next = Enumerable.Range(0, 3).Select(_ => SqliteFile.Replace(backup, File)).ToList();
        Assert.Equal("another log", System.IO.File.ReadAllText(next[0] + "-wal"));
        Assert.Equal(4, next.Append(kept).Distinct().Count());
        Assert.All(next, n => Assert.Equal("the backup", System.IO.File.ReadAllText(n!)));
        Assert.Equal("its log", System.IO.File.ReadAllText(kept + "-wal"));
    }

    [Fact]
    public async Task A_damaged_database_is_refused_with_a_way_out()
    {
        await using (var store = Open())
            await Post(store, [.. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var header = (byte[])whole.Clone();
        header[3] ^= 0xFF;
        var schema = (byte[])whole.Clone();
        schema.AsSpan(100, 400).Fill(0xA5);
        foreach (var damaged in new[] { header, schema, whole[..(whole.Length / 2)], whole[..4096], whole[..1000] })
        {
            await System.IO.File.WriteAllBytesAsync(File, damaged);
            Assert.Equal(
                $"{File} is damaged or not a database, and was left alone. Restore a backup, or choose another folder with --data.", AssertRefused().Message);
            Assert.Equal(damaged, await System.IO.File.ReadAllBytesAsync(File));
        }
    }

    [Fact]
    public void A_folder_in_the_database_s_place_is_refused()
    {
        Directory.CreateDirectory(File);
        Assert.StartsWith($"{File} is a folder", AssertRefused().Message);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.StartsWith($"{Folder}/nowhere/minato.db cannot be written.", AssertRefused($"{Folder}/nowhere/minato.db").Message);

    /// <summary>The journal was on disk before the page was written: its header is magic, count, nonce, pages before, bytes of a sector, bytes of a page.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    public async Task A_first_page_that_was_torn_is_ours_to_write_again_where_its_journal_says_that_it_was_the_first(byte pagesBefore, bool isOurs)
    {
        System.IO.File.WriteAllBytes(File, RandomNumberGenerator.GetBytes(4096));
        byte[] journal = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, pagesBefore, 0, 0, 2, 0, 0, 0, 0x10, 0, .. new byte[512 - 28]];
        System.IO.File.WriteAllBytes(File + "-journal", journal);
        if (!isOurs)
        {
            Assert.StartsWith($"{File} is damaged or not a database", AssertRefused().Message);
            return;
        }
        await using var store = SqliteStore.Open(File, durable: true, Clock);
        Assert.Equal(Migrations.OfThisVersion.Scripts.Count, (int)store.Writer.Scalar("pragma user_version"));
    }

    [Fact]
    public async Task An_empty_file_and_one_that_got_no_further_than_its_header_are_ours_to_fill()
    {
        await System.IO.File.WriteAllBytesAsync(File, []);
        await using (var store = Open())
            await AssertWhole(store);
        var started = File + ".started";
        using (var db = SqliteDatabase.Open(started, create: true))
            db.Execute("pragma journal_mode = wal");
        Assert.True(new FileInfo(started).Length > 0);
        await using var filled = Open(started);
        await AssertWhole(filled);
    }

    [Fact]
    public async Task A_read_only_disk_is_refused_whether_the_database_is_there_or_not()
    {
        using var disk = new SmallDisk("4m");
        await Open(disk.Of("minato.db")).DisposeAsync();
        disk.MakeReadOnly();
        foreach (var file in new[] { disk.Of("minato.db"), disk.Of("new.db") })
            Assert.Equal($"{file} cannot be written. Check the folder's owner and rights, or choose another with --data.", AssertRefused(file).Message);
    }

    [Fact]
    public async Task A_read_only_file_is_refused_at_once_and_not_at_the_first_commit()
    {
        await Open().DisposeAsync();
        Needs.Tool("mount", "--bind", File, File);
        try
        {
            Needs.Tool("mount", "-o", "remount,ro,bind", File);
            Assert.StartsWith($"{File} cannot be written.", AssertRefused().Message);
        }
        finally
        {
            Needs.Run("umount", ["-l", File]);
        }
        await Open().DisposeAsync();
    }

    private Dictionary<string, string> Hashes() => Directory.GetFiles(Folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(f))));
}
