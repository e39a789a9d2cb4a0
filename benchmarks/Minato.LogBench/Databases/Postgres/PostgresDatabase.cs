using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Npgsql;

namespace Minato.LogBench.Databases.Postgres;

internal sealed class PostgresDatabase(NpgsqlDataSource server, string name, string connection, string folder) : IDatabase
{
    // No pool: a database with an open connection cannot be dropped.
    private readonly string _connection = new NpgsqlConnectionStringBuilder(connection) { Database = name, Pooling = false }.ConnectionString;

    public string Name => name;

    public string Folder => folder;

    public bool Exists
    {
        get
        {
            using var command = server.CreateCommand("select exists (select 1 from pg_database where datname = $1)");
            command.Parameters.AddWithValue(name);
            return (bool)command.ExecuteScalar()!;
        }
    }

    /// <summary>Always durable: what the server does is the server's to say.</summary>
    public IStore OpenStore(bool durable)
    {
        if (!Exists)
            Execute($"create database {name}");
        return PostgresStore.Open(_connection, TimeProvider.System);
    }

    public IBareWriter OpenBareWriter(bool durable) => new PostgresBareWriter(_connection, durable);

    public IReadOnlyList<TableSize> MeasureTables()
    {
        using var source = NpgsqlDataSource.Create(_connection);
        using var command = source.CreateCommand("""
            select t.relname, null, pg_table_size(t.oid) from pg_class t where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
            union all
            select t.relname, x.relname, pg_relation_size(x.oid) from pg_index i join pg_class x on x.oid = i.indexrelid
            join pg_class t on t.oid = i.indrelid where t.relnamespace = 'public'::regnamespace
            """);
        using var rows = command.ExecuteReader();
        var sizes = new List<TableSize>();
        while (rows.Read())
            sizes.Add(new TableSize(rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetInt64(2)));
        return sizes;
    }

    /// <summary>After a fill, what autovacuum would have done by the time that somebody reads.</summary>
    public void Warm()
    {
        using var source = NpgsqlDataSource.Create(_connection);
        using var command = source.CreateCommand("vacuum (analyze)");
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    /// <summary>The server has a cache of its own, which nobody can ask it to forget.</summary>
    public bool TryEvict() => false;

    public void Delete() => Execute($"drop database if exists {name} with (force)");

    private void Execute(string sql)
    {
        using var command = server.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}
