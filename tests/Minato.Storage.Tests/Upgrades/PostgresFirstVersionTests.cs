using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Schema;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Upgrades;

public sealed class PostgresFirstVersionTests(PostgresServer server) : FirstVersion
{
    private readonly string _database = server.NewDatabase();

    protected override void Make(string rows)
    {
        using var connection = new NpgsqlConnection(_database);
        connection.Open();
        using var command = new NpgsqlCommand(
            $"""
            create table minato_schema (version bigint primary key, applied_at timestamptz not null default now());
            insert into minato_schema (version) values (1);
            {PostgresMigrations.Scripts[0]}
            {rows}
            """, connection);
        command.ExecuteNonQuery();
    }

    protected override string Uid(Guid uid) => $"'{uid}'";

    protected override IStore Open(TimeProvider clock) => PostgresStore.Open(_database, clock);
}
