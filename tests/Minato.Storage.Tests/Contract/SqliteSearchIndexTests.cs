using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Search;

namespace Minato.Storage.Tests.Contract;

public sealed class SqliteSearchIndexTests : SearchIndexContract
{
    private static readonly RoomId Room = new(1);

    private readonly TempFolder _folder = new();

    private string File => _folder.Of("search.db");

    protected override ValueTask<ISearchIndex> OpenAsync() => new(new SqliteSearchIndex(File, durable: true, Clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Its_file_is_its_owner_s_alone()
    {
        await Apply(Room, (1, 1_000, "港"));
        if (!OperatingSystem.IsWindows())
            foreach (var file in Directory.GetFiles(_folder.Path))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("not a database at all, but quite long enough to be read as one: it is no SQLite file")]
    [InlineData("")]
    public async Task A_file_that_is_no_database_is_made_anew(string content)
    {
        await Apply(Room, (1, 1_000, "港"));
        await Index.DisposeAsync();
        await System.IO.File.WriteAllTextAsync(File, content);
        await ReopenAsync();
        Assert.Empty(await Index.ReadMarksAsync(default));
        await Apply(Room, (1, 1_000, "港"));
        Assert.Equal(["1:1"], await Find("港"));
    }

    [Fact]
    public async Task A_file_of_another_version_is_made_anew()
    {
        await Apply(Room, (1, 1_000, "港"));
        await Index.DisposeAsync();
        using (var db = Storage.Sqlite.Native.SqliteDatabase.Open(File, create: false))
            db.Execute("pragma user_version = 999999");
        await ReopenAsync();
        Assert.Empty(await Index.ReadMarksAsync(default));
    }

    [Fact]
    public async Task A_file_damaged_in_its_midst_says_so_and_can_be_cleared()
    {
        await Apply(Room, [.. Enumerable.Range(1, 3_000).Select(i => ((long)i, i * 1_000L, $"港の話 {i} です"))]);
        await Index.DisposeAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes.AsSpan(4096).Fill(0x5A);
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        await Assert.ThrowsAsync<SearchIndexException>(async () =>
        {
            await ReopenAsync();
            await Find("港");
        });
        await Index.ClearAsync(default);
        await Apply(Room, (1, 1_000, "港"));
        Assert.Equal(["1:1"], await Find("港"));
    }

    [Fact]
    public async Task A_folder_in_its_place_is_an_error_and_no_crash()
    {
        await Index.DisposeAsync();
        SqliteFile.Delete(File);
        Directory.CreateDirectory(File);
        await Assert.ThrowsAsync<SearchIndexException>(ReopenAsync);
        await Assert.ThrowsAsync<SearchIndexException>(async () => await Index.ClearAsync(default));
        Assert.Empty(await Find("港"));
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_changed_and_with_space_again_it_goes_on()
    {
        using var disk = new SmallDisk("2m");
        var ballast = disk.Of("ballast");
        await System.IO.File.WriteAllBytesAsync(ballast, new byte[800_000]);
        await using var index = new SqliteSearchIndex(disk.Of("search.db"), durable: true, Clock);
        (long, long, string?)[] Batch(int i) => [.. Enumerable.Range(i * 100, 100).Select(n => (n + 1L, n * 1_000L, (string?)$"港 {n} {Guid.NewGuid()}"))];
        var full = 0;
        for (; full < 200; full++)
        {
            try
            {
                await index.ApplyAsync([Changes(Batch(full))], default);
            }
            catch (StoreFullException)
            {
                break;
            }
        }
        Assert.InRange(full, 2, 199);
        Assert.Equal(full * 100, (await index.ReadMarksAsync(default))[Room].Seq);
        Assert.True(SearchQuery.TryParse("港", out var query));
        Assert.Equal(full * 100, (await index.FindAsync(new CandidateRequest(query.Tokens, null, null, int.MaxValue), default)).Count);
        System.IO.File.Delete(ballast);
        await index.ApplyAsync([Changes(Batch(full))], default);
        Assert.Equal((full + 1) * 100, (await index.ReadMarksAsync(default))[Room].Seq);
    }

    [Fact]
    public async Task A_day_after_a_message_went_its_words_are_nowhere_in_the_file()
    {
        await Apply(Room, [.. Enumerable.Range(1, 2_000).Select(i => ((long)i, i * 1_000L, $"普通の話 {i}"))]);
        await Apply(Room, (2_001, 2_001_000, "秘密の暗号 xyzzysecret"));
        await Apply(Room, [.. Enumerable.Range(2_002, 2_000).Select(i => ((long)i, i * 1_000L, $"普通の話 {i}"))]);
        await Apply(Room, (2_001, 2_001_000, null));
        Assert.False(await Index.MaintainAsync(default));
        Assert.True(await Holds("xyzzysecret"), "The test would prove nothing.");
        Clock.Advance(TimeSpan.FromHours(25));
        while (await Index.MaintainAsync(default))
        {
        }
        Assert.False(await Holds("xyzzysecret"));
        Assert.False(await Holds("暗号"));
        Assert.Equal(500, (await Find("普通")).Count());
        Assert.False(await Index.MaintainAsync(default));
    }

    [Fact]
    public async Task A_purge_that_was_cut_short_is_taken_up_again()
    {
        for (var i = 0; i < 40; i++)
            await Apply(Room, [.. Enumerable.Range(i * 500, 500).Select(n => (n + 1L, n * 1_000L, (string?)$"話 {Guid.NewGuid()} {Guid.NewGuid()} {(n == 700 ? "xyzzysecret" : "")}"))]);
        await Apply(Room, (701, 700_000, null));
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.True(await Index.MaintainAsync(default));
        await ReopenAsync();
        await Apply(Room, (702, 701_000, null));
        while (await Index.MaintainAsync(default))
        {
        }
        Assert.False(await Holds("xyzzysecret"));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_has_what_its_mark_says()
    {
        for (var i = 0; i < 30; i++)
        {
            await Apply(Room, [.. Enumerable.Range(i * 50, 50).Select(n => (n + 1L, n * 1_000L, (string?)$"港 {n}"))]);
            // The file and its log as they stand, without the memory that was shared; every third time a piece of the log is missing.
            foreach (var part in new[] { "", "-wal" })
                System.IO.File.Copy(File + part, _folder.Of("copy.db") + part, overwrite: true);
            if (i % 3 == 2)
                using (var log = new FileStream(_folder.Of("copy.db-wal"), FileMode.Open))
                    log.SetLength(log.Length / 2);
            await using var copy = new SqliteSearchIndex(_folder.Of("copy.db"), durable: true, Clock);
            var mark = (await copy.ReadMarksAsync(default)).GetValueOrDefault(Room);
            Assert.True(SearchQuery.TryParse("港", out var query));
            Assert.Equal(mark.Seq, (await copy.FindAsync(new CandidateRequest(query.Tokens, null, null, 10_000), default)).Count);
            Assert.True(mark.Seq == (i + 1) * 50 || i % 3 == 2);
        }
    }

    private async Task<bool> Holds(string text)
    {
        var sought = System.Text.Encoding.UTF8.GetBytes(text);
        foreach (var file in Directory.GetFiles(_folder.Path))
            if (!file.EndsWith("-shm", StringComparison.Ordinal) && (await System.IO.File.ReadAllBytesAsync(file)).AsSpan().IndexOf(sought) >= 0)
                return true;
        return false;
    }

    private static RoomChanges Changes((long Seq, long Ts, string? Body)[] messages) => new(
        Room, new LogMark(messages.Max(m => m.Seq), messages.Max(m => m.Ts)),
        [.. messages.Select(m => new ChangedMessage(m.Seq, m.Ts, Core.Messages.MessageBody.FromStore(System.Text.Encoding.UTF8.GetBytes(m.Body!))))]);
}
