using System.Security.Cryptography;
using Minato.Core.Storage;
using Minato.Storage.Moving;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite.Native;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Moving;

/// <summary>What a move brings, of tables that hold everything that a column can. What people then see of it is <c>MovedStoreTests</c>'.</summary>
public sealed class PostgresMoveTests(PostgresServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.Of("minato.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_row_is_there_as_it_was_and_nothing_changed_where_it_came_from()
    {
        FilledDatabase.Make(File);
        var before = Files();
        var connection = server.NewDatabase();
        var shown = new List<(long Done, long Total)>();
        var moved = PostgresMove.Run(File, connection, (done, total) => shown.Add((done, total)), batchRows: 7);
        Assert.Equal(before, Files());
        AssertMoved(connection);
        Assert.Equal(MoveTable.Names, moved.Tables.Select(t => t.Name));
        Assert.Equal((false, 0), (moved.IsResumed, moved.Replaced));
        Assert.All(moved.Tables, t => Assert.Equal((t.Name == "settings" ? FilledDatabase.Rows + 2 : FilledDatabase.Rows, 64), (t.Rows, t.Checksum.Length)));
        // Each row three times.
        Assert.Equal((moved.Tables.Sum(t => t.Rows) * 3, moved.Tables.Sum(t => t.Rows) * 3), shown[^1]);
        Assert.Equal(shown.OrderBy(s => s.Done), shown);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("rooms")]
    [InlineData("room_links")]
    [InlineData("audit")]
    [InlineData("reports")]
    [InlineData("files")]
    public void The_next_id_is_one_that_was_never_given(string table)
    {
        FilledDatabase.Make(File, rows: 3);
        var connection = server.NewDatabase();
        PostgresMove.Run(File, connection, (_, _) => { });
        Assert.Equal(3 + FilledDatabase.IdsGone + 1, Scalar(connection, $"select nextval(pg_get_serial_sequence('{table}', 'id'))"));
    }

    [Fact]
    public void What_a_killed_server_left_in_its_log_is_moved_and_still_there_afterwards()
    {
        FilledDatabase.Make(_folder.Of("alive.db"), rows: 3);
        using (var alive = SqliteDatabase.Open(_folder.Of("alive.db"), create: false))
        {
            alive.Execute("pragma wal_autocheckpoint = 0; update rooms set title = 'in the log' where id = 1");
            foreach (var part in new[] { "", "-wal" })
                System.IO.File.Copy(_folder.Of("alive.db") + part, File + part);
        }
        _folder.Remove("alive.db*");
        var (database, log) = (Hash(File), Hash($"{File}-wal"));
        var connection = server.NewDatabase();
        PostgresMove.Run(File, connection, (_, _) => { });
        Assert.Equal(1, Scalar(connection, "select count(*) from rooms where title = 'in the log'"));
        Assert.Equal((database, log), (Hash(File), Hash($"{File}-wal")));
        AssertMoved(connection);
    }

    [Fact]
    public void A_folder_may_be_called_anything()
    {
        var folder = Directory.CreateDirectory(_folder.Of("100% 港? #1&b=c")).FullName;
        FilledDatabase.Make(Path.Combine(folder, "minato.db"), rows: 1);
        var connection = server.NewDatabase();
        PostgresMove.Run(Path.Combine(folder, "minato.db"), connection, (_, _) => { });
        Assert.Equal(1, Scalar(connection, "select count(*) from users"));
        Assert.Equal(["minato.db"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void What_PostgreSQL_does_not_hold_becomes_what_it_reads_as_and_is_counted()
    {
        FilledDatabase.Make(File, rows: 3);
        Alter("update rooms set title = cast(x'610062' as text) where id = 1; update bodies set body = cast(x'61ff62' as text) where seq = 1");
        var connection = server.NewDatabase();
        Assert.Equal(2, PostgresMove.Run(File, connection, (_, _) => { }).Replaced);
        Assert.Equal(1, Scalar(connection, "select count(*) from rooms where title = 'a\uFFFDb'"));
        Assert.Equal(1, Scalar(connection, "select count(*) from bodies where body = 'a\uFFFDb'"));

        Alter("update client_ids set cid = cast(x'6100' as text) where user_id = 1");
        var failed = Refused(server.NewDatabase());
        Assert.Contains("The table client_ids has a row whose cid", failed.Message);
    }

    [Fact]
    public void A_row_that_breaks_a_rule_of_PostgreSQLs_is_an_error_that_names_its_table()
    {
        FilledDatabase.Make(File, rows: 3);
        Alter("update sessions set user_id = 99");
        var connection = server.NewDatabase();
        Assert.Contains("The table sessions has a row that PostgreSQL does not take", Refused(connection).Message);
        // And no server takes what came before it for all there is.
        Assert.Contains("was begun and not finished", Assert.Throws<StoreFailedException>(() => PostgresStore.Open(connection, TimeProvider.System)).Message);
    }

    [Theory]
    [InlineData("update users set nick = 'somebody else' where id = 3")]
    [InlineData("delete from bodies where seq = 2")]
    [InlineData("insert into pins (room_id, seq, by_user, at) values (1, 99, 1, 1)")]
    public void What_is_not_the_same_afterwards_is_an_error_that_names_its_table(string change)
    {
        FilledDatabase.Make(File);
        var connection = server.NewDatabase();
        var isChanged = false;
        var failed = Assert.Throws<StoreFailedException>(() => PostgresMove.Run(File, connection, (done, total) =>
        {
            // All are copied, and the last round begins.
            if (isChanged || done <= total * 2 / 3)
                return;
            isChanged = true;
            Execute(connection, change);
        }));
        Assert.Contains($"The table {change.Split(' ').First(MoveTable.Names.Contains)} is not what it was", failed.Message);
        Assert.Throws<StoreFailedException>(() => PostgresStore.Open(connection, TimeProvider.System));
    }

    [Fact]
    public void A_database_of_an_older_version_is_left_alone()
    {
        FilledDatabase.Make(File, rows: 1);
        Alter("pragma user_version = 3");
        var (before, connection) = (Files(), server.NewDatabase());
        Assert.Contains("was written by an older Minato (schema 3;", Refused(connection).Message);
        Assert.Equal(before, Files());
        Assert.Equal(0, Scalar(connection, "select count(*) from pg_class where relname in ('users', 'minato_move')"));
    }

    private void AssertMoved(string connection)
    {
        using var db = SqliteDatabase.Open(File, create: false);
        foreach (var table in MoveTable.Names.Select(name => MoveTable.Read(db, name)))
            Assert.Equal(FilledDatabase.InSqlite(File, table), FilledDatabase.InPostgres(connection, table));
        Assert.Equal(0, Scalar(connection, "select count(*) from pg_class where relname = 'minato_move'"));
    }

    private StoreFailedException Refused(string connection) => Assert.Throws<StoreFailedException>(() => PostgresMove.Run(File, connection, (_, _) => { }));

    private void Alter(string sql)
    {
        using var db = SqliteDatabase.Open(File, create: false);
        db.Execute(sql);
    }

    private IReadOnlyList<string> Files() => [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(f => $"{f} {Hash(f)}")];

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)));

    private static void Execute(string connection, string sql) => Scalar(connection, sql);

    private static long Scalar(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        return command.ExecuteScalar() as long? ?? 0;
    }
}
