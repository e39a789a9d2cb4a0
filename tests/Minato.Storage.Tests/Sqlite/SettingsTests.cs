using Minato.Core.Commands;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Tests.Sqlite;

public sealed class SettingsTests : SqliteTests
{
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task The_connection_that_writes_was_really_told(bool durable, int synchronous)
    {
        await using var store = Storage.Sqlite.SqliteStore.Open(File, durable, Clock);
        Assert.Equal("wal", store.Writer.Text("pragma journal_mode"));
        Assert.Equal(synchronous, store.Writer.Scalar("pragma synchronous"));
        Assert.Equal(1, store.Writer.Scalar("pragma secure_delete"));
        Assert.Equal(0, store.Writer.Scalar("pragma wal_autocheckpoint"));
        Assert.Equal("UTF-8", store.Writer.Text("pragma encoding"));
    }

    [Fact]
    public async Task The_file_says_that_it_is_ours_and_in_WAL_mode()
    {
        await Open().DisposeAsync();
        var header = await System.IO.File.ReadAllBytesAsync(File);
        Assert.Equal([2, 2], header[18..20]);
        Assert.Equal("mnto"u8, header.AsSpan(68, 4));
        Assert.Equal([0, 0, 0, (byte)Migrations.OfThisVersion.Scripts.Count], header[60..64]);
        Assert.Equal([File], Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_batch_is_one_transaction_whatever_is_in_it()
    {
        await using var store = Open();
        await Alice(store);
        var before = Wal.Commits(File);
        await Post(store, [.. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        Assert.Equal(before + 1, Wal.Commits(File));
    }

    [Fact]
    public async Task Each_stay_in_a_room_is_a_span_of_its_own()
    {
        await using var store = Open();
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        foreach (var _ in Enumerable.Range(0, 2))
            await store.CommitAsync([new Join(alice, null, lobby.Id), new Post(alice, null, lobby.Id, Body("x")), new Leave(alice, null, lobby.Id)], default);
        await store.CommitAsync([new Join(alice, null, lobby.Id)], default);
        Assert.Equal("2-4 5-7 8-", store.Writer.Text("select group_concat(from_seq || '-' || coalesce(to_seq, ''), ' ') from member_spans"));
    }

    [Fact]
    public async Task No_statement_walks_through_a_whole_table_or_room()
    {
        await using (var store = Open())
        {
        }
        // As the next start finds it: statistics are read when a connection opens.
        await using var again = Open();
        foreach (var (sql, plan) in new[]
        {
            ("select id from users where kind = 1 and ended_at is null", "SCAN users USING INDEX users_visiting"),
            ("select user_id, cid, claimed_at from client_ids where (user_id, cid) > (1, 'a') order by user_id, cid limit 200", "SEARCH client_ids USING PRIMARY KEY ((user_id,cid)>(?,?))"),
            ("delete from client_ids where (user_id, cid) > (1, 'a') and (user_id, cid) <= (2, 'b') and claimed_at < 3", "SEARCH client_ids USING PRIMARY KEY ((user_id,cid)>(?,?) AND (user_id,cid)<(?,?))"),
            ("select seq from events where room_id = 1 and target = 2 and kind = 6", "SEARCH events USING INDEX events_edits (room_id=? AND target=?)"),
            ("select seq from messages where room_id = 1 and thread_root = 2 and seq < 3 order by seq desc", "SEARCH messages USING COVERING INDEX messages_by_thread (room_id=? AND thread_root=? AND seq<?)"),
            ("select ts from messages where room_id = 1 and everyone = 1 order by seq desc limit 1", "SEARCH messages USING INDEX messages_to_everyone (room_id=?)"),
            ("select m.seq from pins k cross join messages m where k.room_id = 1 and m.room_id = k.room_id and m.seq = k.seq order by k.seq desc", "SEARCH k USING PRIMARY KEY (room_id=?)"),
            ("delete from mentions where room_id = 1 and seq = 2", "SEARCH mentions USING COVERING INDEX mentions_by_message (room_id=? AND seq=?)"),
            ("select ts from mentions where user_id = 1 order by ts desc, room_id, seq desc limit 5", "SEARCH mentions USING PRIMARY KEY (user_id=?)"),
            ("select room_id, user_id, up_to_seq, seq, ts from erasures where after_seq < up_to_seq order by room_id, user_id, up_to_seq limit 1", "SCAN erasures USING INDEX erasures_to_do"),
            ("select seq, user_id from messages where room_id = 1 and seq > 2 and seq <= 3 order by seq limit 4", "SEARCH messages USING PRIMARY KEY (room_id=? AND seq>? AND seq<?)"),
            ("delete from mentions where room_id = 1 and seq >= 2 and seq < 3", "SEARCH mentions USING COVERING INDEX mentions_by_message (room_id=? AND seq>? AND seq<?)"),
            ("select count(*) from reports where room_id = 1 and seq = 2 and resolved_at is null", "SEARCH reports USING INDEX reports_of_message (room_id=? AND seq=?)"),
            ("select count(*) from reports where by_user = 1 and resolved_at is null", "SEARCH reports USING INDEX reports_open (by_user=?)"),
            ("select id from reports where resolved_at <= 1 order by resolved_at limit 2", "SEARCH reports USING COVERING INDEX reports_by_resolved_at (resolved_at<?)"),
            ("select id from reports where at <= 1 order by at limit 2", "SEARCH reports USING COVERING INDEX reports_by_time (at<?)"),
            ("select user_id, act from paces where level_at <= 1 order by level_at limit 2", "SEARCH paces USING COVERING INDEX paces_by_level (level_at<?)"),
            ("select id from rooms where retention_days is not null and id > 1 order by id limit 2", "SEARCH rooms USING"),
        })
        {
            using var rows = new SqliteStatement(again.Writer.Handle, "explain query plan " + sql);
            Assert.True(rows.Step());
            Assert.StartsWith(plan, rows.Text(3));
        }
    }

    [Fact]
    public async Task The_log_is_written_back_when_it_has_grown_and_only_then()
    {
        await using var store = Open();
        await Post(store, "small");
        var size = new FileInfo(File).Length;
        await store.MaintainAsync(default);
        Assert.Equal(size, new FileInfo(File).Length);
        await Post(store, [.. Enumerable.Range(0, 10_000).Select(i => $"{i} {new string('x', 2_000)}")]);
        await store.MaintainAsync(default);
        Assert.True(new FileInfo(File).Length > size + 100_000);
        await AssertWhole(store);
    }
}
