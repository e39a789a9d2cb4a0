namespace Minato.Load.Nodes;

/// <summary>Servers on one new database, each with a data folder of its own.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly DatabaseServer _postgres;
    private readonly string _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("minato-nodes-");
    private readonly List<ServerProcess> _nodes = [];

    private Cluster(DatabaseServer postgres, string database) => (_postgres, _database) = (postgres, database);

    internal IReadOnlyList<ServerProcess> Nodes => _nodes;

    /// <summary>Of all nodes together.</summary>
    internal TimeSpan Cpu => TimeSpan.FromTicks(_nodes.Sum(n => n.Cpu.Ticks));

    internal static async Task<Cluster> StartAsync(DatabaseServer postgres, int nodes)
    {
        var cluster = new Cluster(postgres, await postgres.MakeAsync());
        try
        {
            while (cluster._nodes.Count < nodes)
                await cluster.AddAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    internal async Task AddAsync() =>
        _nodes.Add(await ServerProcess.StartAsync(Path.Combine(_folder.FullName, $"node{_nodes.Count + 1}"), postgres: _postgres.ConnectionTo(_database)));

    internal Task<long> TransactionsAsync() => _postgres.TransactionsAsync(_database);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.KillAsync();
            node.Dispose();
        }
        await _postgres.DropAsync(_database);
        _folder.Delete(recursive: true);
    }
}
