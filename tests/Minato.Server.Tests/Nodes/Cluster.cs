using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Server.Tests.Nodes;

/// <summary>Servers with real sockets on one real database.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<RunningServer> _servers = [];

    private Cluster(string database) => Database = database;

    public string Database { get; }

    public RunningServer A => _servers[0];

    public RunningServer B => _servers[1];

    /// <param name="wayOfB">By which the second one reaches the database, from the port where that is; null: directly.</param>
    public static async Task<Cluster> StartAsync(
        PostgresServer postgres, Access access = Access.Guests, Func<int, int>? wayOfB = null, bool rateLimits = false, string? launchToken = null)
    {
        var nodes = new Cluster(postgres.NewDatabase());
        var ofB = new NpgsqlConnectionStringBuilder(nodes.Database);
        ofB.Port = wayOfB?.Invoke(ofB.Port) ?? ofB.Port;
        foreach (var database in new[] { nodes.Database, ofB.ConnectionString })
            nodes._servers.Add(await RunningServer.StartAsync(
                options => options with { Postgres = database, Access = access, RateLimits = rateLimits, LaunchToken = launchToken, PasswordIterations = 1_000 }));
        return nodes;
    }

    /// <summary>Somebody with a name, on one of them.</summary>
    public static async Task<WsClient> PersonAsync(RunningServer node, string nick)
    {
        var client = await WsClient.ConnectAsync(node.Url);
        await client.HelloAsync();
        Assert.Equal("ok", WsClient.Op(await client.AskAsync(new { op = "nick", cid = "nick", nick }, "nick")));
        return client;
    }

    /// <summary>The same person's next device, perhaps on another one.</summary>
    public static async Task<WsClient> DeviceAsync(RunningServer node, string session, object? resume = null)
    {
        var client = await WsClient.ConnectAsync(node.Url);
        await client.HelloAsync(session, resume: resume);
        return client;
    }

    /// <summary>The seqs of the events of the lobby that a client is told, up to the one that says this.</summary>
    public static async Task<List<long>> SeqsAsync(WsClient client, string lastBody)
    {
        var seqs = new List<long>();
        while (true)
        {
            var ev = await client.NextAsync("ev");
            seqs.Add(ev.GetProperty("seq").GetInt64());
            if (ev.TryGetProperty("body", out var body) && body.GetString() == lastBody)
                return seqs;
        }
    }

    public async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The connections over which the nodes hear hints are ended.</summary>
    public Task<object?> DeafenAsync() => SqlAsync(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query = 'listen minato'");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }
}
