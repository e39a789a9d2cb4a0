using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Reports;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>A database with as many open reports as there may be, which no test could make one by one.</summary>
public sealed class OpenReportsTests : SqliteTests
{
    [Fact]
    public async Task There_are_ten_thousand_open_reports_in_all_whoever_made_them()
    {
        await using var store = Open();
        var (alice, lobby, said) = (await Alice(store), await Lobby(store), (await Post(store, "one", "two"))[0].Seq);
        store.Writer.Execute($"""
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 9999)
            insert into reports (by_user, at, reason, room_id, room_title, seq, said_at, author, body) select 999, {Clock.NowMs}, '', {lobby.Id.Value}, '', 1000 + i, 1, {alice.Id.Value}, 'said' from n
            """);
        Task<IReadOnlyList<Outcome>> Report(long seq) => store.CommitAsync([new ReportMessage(alice, null, lobby.Id, seq, "")], default).AsTask();
        Assert.Equal(10_000, Assert.IsType<ReportsChanged>((await Report(said))[0]).Open);
        Assert.Equal(new Refused(Refusal.TooMany), (await Report(said + 1))[0]);
        // What one has reported is reported, and what is resolved makes room.
        Assert.IsType<Logged>((await Report(said))[0]);
        Assert.IsType<ReportsChanged>((await store.CommitAsync([new ResolveReport(null, 1, Resolution.Dismissed)], default))[0]);
        Assert.Equal(10_000, Assert.IsType<ReportsChanged>((await Report(said + 1))[0]).Open);
    }
}
