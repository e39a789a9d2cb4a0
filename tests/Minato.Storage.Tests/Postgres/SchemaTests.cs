using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

public sealed class SchemaTests(PostgresServer server)
{
    private static readonly string[] OnlyInPostgres = ["minato_schema", "writers", "changes", "vouchers"];

    [Fact]
    public async Task Both_engines_have_the_same_tables_and_columns()
    {
        var connection = server.NewDatabase();
        await using (PostgresStore.Open(connection, TimeProvider.System))
        {
        }
        var inPostgres = Query(connection, """
            select table_name || '.' || column_name || case is_nullable when 'NO' then ' not null' else '' end
            from information_schema.columns where table_schema = 'public'
            """).Where(c => !OnlyInPostgres.Contains(c.Split('.')[0]));

        using var folder = new TempFolder();
        await using (SqliteStore.Open(folder.Of("minato.db"), durable: false, TimeProvider.System))
        {
        }
        using var sqlite = SqliteDatabase.Open(folder.Of("minato.db"), create: false);
        using var columns = new SqliteStatement(sqlite.Handle, """
            select t.name || '.' || c.name || case when c."notnull" or c.pk then ' not null' else '' end
            from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'
            """);
        var inSqlite = new List<string>();
        while (columns.Step())
            inSqlite.Add(columns.Text(0));

        Assert.Equal(inSqlite.Order(StringComparer.Ordinal), inPostgres.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_ours_or_newer_is_left_alone()
    {
        var others = server.NewDatabase();
        Query(others, "create table users (id int); insert into users values (1)");
        Assert.Contains("another program's", Assert.Throws<StoreFailedException>(() => PostgresStore.Open(others, TimeProvider.System)).Message);
        Assert.Equal(["users"], Query(others, "select table_name::text from information_schema.tables where table_schema = 'public'"));

        var newer = server.NewDatabase();
        await using (PostgresStore.Open(newer, TimeProvider.System))
        {
        }
        Query(newer, "insert into minato_schema (version) values (99)");
        Assert.Contains("newer Minato (schema 99", Assert.Throws<StoreFailedException>(() => PostgresStore.Open(newer, TimeProvider.System)).Message);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("postgres://")]
    [InlineData("postgres://u:secret@host/db?no_such_setting=1")]
    [InlineData("Host=h;NoSuchSetting=1;Password=secret")]
    [InlineData("Host=127.0.0.1;Port=1;Password=secret")]
    public void An_address_that_leads_nowhere_is_one_sentence_without_the_password(string connection)
    {
        var failed = Assert.Throws<StoreFailedException>(() => PostgresStore.Open(connection, TimeProvider.System));
        Assert.DoesNotContain("secret", failed.ToString());
    }

    [Fact]
    public async Task A_url_names_a_database_as_well()
    {
        var settings = new NpgsqlConnectionStringBuilder(server.NewDatabase());
        await using var store = PostgresStore.Open($"postgres://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}?sslmode=prefer", TimeProvider.System);
        Assert.NotNull(await store.FindRoomAsync("lobby", default));
    }

    private static List<string> Query(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }
}
