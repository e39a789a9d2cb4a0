using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>What is removed when nobody needs it any more goes in slices, so that no commit waits for years of it.</summary>
public sealed class OldRowsTests : SqliteTests
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    [Theory]
    [InlineData("resolved_at", 91)]
    [InlineData("at", 366)]
    public async Task Old_reports_go_a_hundred_at_a_time_and_the_next_hundred_at_once(string time, int days)
    {
        await using var store = Open();
        await Post(store, "said");
        Insert(store, 250, time, Clock.NowMs - (days * Day));
        Insert(store, 1, time, Clock.NowMs - ((days - 2) * Day));
        var left = new List<long>();
        do
            left.Add(store.Writer.Scalar("select count(*) from reports"));
        while ((await store.MaintainAsync(default)).Next == TimeSpan.Zero);
        Assert.Equal([251, 151, 51, 1], left);
    }

    [Fact]
    public async Task A_pace_is_forgotten_when_whoever_it_is_of_is_level_again()
    {
        await using var store = Open();
        store.Writer.Execute($"""
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 454)
            insert into paces select i, 1, {Clock.NowMs} + (i > 450) * {TimeSpan.FromHours(2).TotalMilliseconds} from n
            """);
        var left = new List<long>();
        // Two slices are full; after the one that is not there is a rest.
        foreach (var time in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1) })
        {
            Clock.Advance(time);
            Assert.Null((await store.MaintainAsync(default)).Cause);
            left.Add(store.Writer.Scalar("select count(*) from paces"));
        }
        Assert.Equal([254, 54, 4, 4, 4, 0], left);
    }

    private void Insert(SqliteStore store, int count, string time, long then) => store.Writer.Execute($"""
        with recursive n (i) as (select 1 union all select i + 1 from n where i < {count})
        insert into reports (by_user, at, reason, room_id, room_title, seq, said_at, author, body, resolved_at)
        select i, {(time == "at" ? then : Clock.NowMs)}, '', 1, '', {count}, 1, 2, 'said', {(time == "at" ? "null" : then)} from n
        """);
}
