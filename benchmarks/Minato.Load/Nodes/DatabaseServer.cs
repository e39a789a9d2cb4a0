using System.Globalization;
using Npgsql;

namespace Minato.Load.Nodes;

/// <summary>Where the databases of the nodes are: a server of this run's own, or one that was named.</summary>
internal sealed class DatabaseServer : IDisposable
{
    /// <summary>Until it answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly OwnPostgres? _own;
    private readonly NpgsqlDataSource _source;
    private readonly string _connection;
    private int _made;

    private DatabaseServer(OwnPostgres? own, string connection) => (_own, _connection, _source) = (own, connection, NpgsqlDataSource.Create(connection));

    /// <summary>Not known of one that is somebody else's.</summary>
    internal TimeSpan? Cpu => _own?.Cpu;

    /// <param name="connection">Null: one is started.</param>
    /// <exception cref="InvalidOperationException">There is none; the message is for the user.</exception>
    internal static async Task<DatabaseServer> OpenAsync(string? connection)
    {
        var own = connection is null ? OwnPostgres.Start() : null;
        var server = new DatabaseServer(own, connection ?? own!.Connection);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
            try
            {
                await server.AskAsync("select 1");
                return server;
            }
            catch (NpgsqlException e)
            {
                if (own is null || patience.IsCancellationRequested)
                {
                    server.Dispose();
                    throw new InvalidOperationException($"PostgreSQL does not answer: {e.Message}", e);
                }
                await Task.Delay(100, CancellationToken.None);
            }
    }

    internal async Task<string> VersionAsync() => (string)(await AskAsync("show server_version"))!;

    /// <summary>A new database's name.</summary>
    internal async Task<string> MakeAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"minato_nodes_{Environment.ProcessId}_{++_made}");
        await AskAsync($"create database {name}");
        return name;
    }

    internal string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(_connection) { Database = database }.ConnectionString;

    /// <summary>What was committed there so far, reading included; a server tells of it about once a second.</summary>
    internal async Task<long> TransactionsAsync(string database) => (long)(await AskAsync($"select xact_commit from pg_stat_database where datname = '{database}'"))!;

    internal Task DropAsync(string database) => AskAsync($"drop database {database} with (force)");

    public void Dispose()
    {
        _source.Dispose();
        _own?.Dispose();
    }

    /// <returns>The first value of the first row.</returns>
    private async Task<object?> AskAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
