using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Postgres.Schema;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests;

/// <summary>A database with this version's schema and nothing in it, of which each test gets a copy.</summary>
internal static class PostgresTemplate
{
    private static readonly Lock Gate = new();
    private static string? _name;

    /// <summary>A copy, as a connection string.</summary>
    public static string NewDatabaseWithSchema(this PostgresServer server)
    {
        lock (Gate)
            return server.NewDatabase(template: _name ??= Make(server));
    }

    private static string Make(PostgresServer server)
    {
        var connection = server.NewDatabase();
        using var servers = ConnectionText.Servers(connection);
        using var db = PostgresDatabase.Open(servers);
        PostgresMigrations.Apply(db);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
