using SQLitePCL;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>What opening an existing database costs.</summary>
public sealed class StartTests : SqliteTests
{
    /// <summary>Pages that a start may read: the schema, the lobby, whether a visitor was left behind. A log of any length adds none.</summary>
    private const int MaxPages = 40;

    [Fact]
    public async Task A_start_reads_a_few_pages_however_long_the_log_is()
    {
        await using (var store = Open())
            for (var i = 0; i < 30; i++)
                await Post(store, [.. Enumerable.Range(0, 500).Select(n => $"message {n} of a long log, with some text in it so that it fills its pages")]);
        await using var again = Open();
        var pages = again.Writer.Scalar("pragma page_count");
        Assert.InRange(pages, 500, int.MaxValue);
        Assert.InRange(PagesRead(again.Writer.Handle), 1, MaxPages);
        // The counter counts: whoever reads the log is seen to.
        again.Writer.Scalar("select sum(length(body)) from bodies");
        Assert.InRange(PagesRead(again.Writer.Handle), pages / 5, int.MaxValue);
    }

    private static int PagesRead(sqlite3 connection)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_db_status(connection, raw.SQLITE_DBSTATUS_CACHE_MISS, out var read, out _, 0));
        return read;
    }
}
