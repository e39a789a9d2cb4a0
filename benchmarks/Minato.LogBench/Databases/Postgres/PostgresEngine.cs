using Npgsql;

namespace Minato.LogBench.Databases.Postgres;

/// <param name="connection">Of a server, as one who may create databases.</param>
/// <param name="folder">Where fsync is measured; best on the server's own file system.</param>
internal sealed class PostgresEngine(string connection, string folder) : IEngine
{
    private readonly NpgsqlDataSource _server = NpgsqlDataSource.Create(connection);

    public IDatabase Open(string name) => new PostgresDatabase(_server, $"minato_{name.Replace('-', '_')}", connection, folder);

    public void Dispose() => _server.Dispose();
}
