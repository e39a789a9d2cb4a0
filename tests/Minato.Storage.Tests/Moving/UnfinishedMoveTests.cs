using Minato.Core.Storage;
using Minato.Storage.Moving;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite.Native;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Moving;

/// <summary>Moves that are cut short, what goes on from there, and who may not.</summary>
public sealed class UnfinishedMoveTests(PostgresServer server) : IDisposable
{
    private const int BatchRows = 7;

    private readonly TempFolder _folder = new();

    private string File => _folder.Of("minato.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cut_short_again_and_again_it_goes_on_where_it_was_until_it_is_done()
    {
        FilledDatabase.Make(File, rows: 15);
        var connection = server.NewDatabase();
        var (copied, runs) = (-1L, 0);
        // From within the first round on; in the middle of a batch as between two.
        for (var rows = 450; ; rows += 53, runs++)
            try
            {
                Assert.True(PostgresMove.Run(File, connection, CutAfter(rows), BatchRows).IsResumed);
                break;
            }
            catch (Cut)
            {
                var now = Copied(connection);
                Assert.True(now >= copied, $"{now} rows are there, and there were {copied}.");
                copied = now;
                AssertNobodyStarts(connection);
            }
        Assert.True(runs > 8, $"It was cut short {runs} times only.");
        AssertSame(connection);
    }

    [Fact]
    public void What_came_is_not_sent_again()
    {
        FilledDatabase.Make(File, rows: 15);
        var connection = server.NewDatabase();
        Assert.Throws<Cut>(() => PostgresMove.Run(File, connection, CutAfter(700), BatchRows));
        // Where it would be sent again, it would be refused.
        Execute(connection, "create function no() returns trigger language plpgsql as $$ begin raise exception 'again'; end $$");
        Execute(connection, "create trigger no before insert on users for each row execute function no()");
        Assert.True(PostgresMove.Run(File, connection, (_, _) => { }, BatchRows).IsResumed);
        Execute(connection, "drop function no cascade");
        AssertSame(connection);
    }

    [Theory]
    [InlineData("update users set nick = 'renamed since' where id = 2")]
    [InlineData("insert into pins (room_id, seq, by_user, at) values (1, 99, 1, 1)")]
    [InlineData("update settings set value = 'of another server' where key = 'instance'")]
    public void Other_data_than_it_was_begun_with_is_refused_and_the_first_may_still_go_on(string change)
    {
        FilledDatabase.Make(File, rows: 15);
        var connection = server.NewDatabase();
        Assert.Throws<Cut>(() => PostgresMove.Run(File, connection, CutAfter(700), BatchRows));
        var copied = Copied(connection);
        System.IO.File.Copy(File, _folder.Of("other.db"));
        using (var other = SqliteDatabase.Open(_folder.Of("other.db"), create: false))
            other.Execute(change);
        var failed = Assert.Throws<StoreFailedException>(() => PostgresMove.Run(_folder.Of("other.db"), connection, (_, _) => { }));
        Assert.Contains("was begun with other data", failed.Message);
        Assert.Equal(copied, Copied(connection));
        Assert.True(PostgresMove.Run(File, connection, (_, _) => { }).IsResumed);
        AssertSame(connection);
    }

    [Fact]
    public void A_database_that_goes_away_is_a_sentence_and_when_it_is_back_the_move_goes_on()
    {
        using var own = new PostgresServer();
        FilledDatabase.Make(File, rows: 15);
        var (connection, rows) = (own.NewDatabase(), 0);
        var failed = Assert.Throws<StoreFailedException>(() => PostgresMove.Run(File, connection, (_, _) =>
        {
            if (++rows == 700)
                own.Crash();
        }, BatchRows));
        Assert.Contains("PostgreSQL cannot be used", failed.Message);
        Assert.Contains("Run the same again when it can", failed.Message);
        own.Recover();
        AssertNobodyStarts(connection);
        Assert.True(PostgresMove.Run(File, connection, (_, _) => { }, BatchRows).IsResumed);
        AssertSame(connection);
    }

    [Fact]
    public async Task A_database_in_which_a_server_was_is_left_alone()
    {
        FilledDatabase.Make(File, rows: 3);
        var connection = server.NewDatabase();
        await using (PostgresStore.Open(connection, TimeProvider.System))
            Assert.Contains("holds a server's data already", Refused(connection).Message);
        Assert.Contains("holds a server's data already", Refused(connection).Message);
        Assert.Equal(1, Scalar(connection, "select count(*) from rooms"));
        Assert.Equal(0, Scalar(connection, "select count(*) from writers"));
    }

    [Fact]
    public void A_move_that_is_done_says_so_when_it_is_run_once_more()
    {
        FilledDatabase.Make(File, rows: 3);
        var connection = server.NewDatabase();
        PostgresMove.Run(File, connection, (_, _) => { });
        Assert.Contains("its move was finished", Refused(connection).Message);
        AssertSame(connection);
    }

    [Fact]
    public void Two_moves_at_once_are_one_and_a_sentence()
    {
        FilledDatabase.Make(File, rows: 3);
        var connection = server.NewDatabase();
        StoreInUseException? refused = null;
        PostgresMove.Run(File, connection, (done, total) => refused ??= Assert.Throws<StoreInUseException>(() => PostgresMove.Run(File, connection, (_, _) => { })));
        Assert.Contains("another move", refused!.Message);
        AssertSame(connection);
    }

    [Fact]
    public void While_it_works_no_server_waits_for_it()
    {
        FilledDatabase.Make(File, rows: 3);
        var connection = server.NewDatabaseWithSchema();
        var isAsked = false;
        PostgresMove.Run(File, connection, (done, total) =>
        {
            if (isAsked || done < total / 3 + 1)
                return;
            isAsked = true;
            AssertNobodyStarts(connection);
        }, BatchRows);
        Assert.True(isAsked);
    }

    private static void AssertNobodyStarts(string connection)
    {
        // Of a move that had not written anything yet there is nothing to be kept from.
        if (Copied(connection) < 0)
            return;
        foreach (var open in new Func<string, TimeProvider, PostgresStore>[] { PostgresStore.Open, PostgresStore.OpenAlone })
            Assert.Contains("was begun and not finished", Assert.Throws<StoreFailedException>(() => open(connection, TimeProvider.System)).Message);
    }

    private void AssertSame(string connection)
    {
        using var db = SqliteDatabase.Open(File, create: false);
        foreach (var table in MoveTable.Names.Select(name => MoveTable.Read(db, name)))
            Assert.Equal(FilledDatabase.InSqlite(File, table), FilledDatabase.InPostgres(connection, table));
    }

    private StoreFailedException Refused(string connection) => Assert.Throws<StoreFailedException>(() => PostgresMove.Run(File, connection, (_, _) => { }));

    private static Action<long, long> CutAfter(int rows)
    {
        var left = rows;
        return (_, _) =>
        {
            if (--left < 0)
                throw new Cut();
        };
    }

    /// <summary>-1: nothing was begun.</summary>
    private static long Copied(string connection) =>
        Scalar(connection, "select count(*) from pg_class where relname = 'minato_move'") == 0 ? -1 : Scalar(connection, "select sum(copied)::bigint from minato_move");

    private static void Execute(string connection, string sql) => Scalar(connection, sql);

    private static long Scalar(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        return command.ExecuteScalar() as long? ?? 0;
    }

    /// <summary>As a kill is to the database: the connection ends, wherever it was.</summary>
    private sealed class Cut : Exception;
}
