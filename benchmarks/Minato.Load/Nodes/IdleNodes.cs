using System.Globalization;

namespace Minato.Load.Nodes;

/// <summary>What nodes ask of the database on which nobody says anything.</summary>
internal static class IdleNodes
{
    private const int Most = 3;

    /// <summary>After a node has begun, or people came in: what was to be done then is done.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    internal static async Task<string> RunAsync(NodesOptions options, DatabaseServer postgres)
    {
        var rows = new List<string>();
        await using var cluster = await Cluster.StartAsync(postgres, nodes: 0);
        for (var nodes = 0; nodes <= Most; nodes++)
        {
            if (nodes > 0)
                await cluster.AddAsync();
            rows.Add(await WatchAsync($"{nodes}", options, cluster, postgres));
        }
        var people = new List<Listener>();
        try
        {
            await EnterAsync(options, cluster, people).WaitAsync(Patience);
            rows.Add(await WatchAsync($"{Most}, each with somebody silent in each of {options.Rooms} rooms", options, cluster, postgres));
        }
        finally
        {
            people.ForEach(p => p.Dispose());
        }
        return $"""
            Nodes that have nothing to do, watched for {Time(options).TotalSeconds.ToString(CultureInfo.InvariantCulture)} s

            | nodes | transactions/s | processor time of PostgreSQL, ms/s | of all nodes, ms/s |
            |---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    private static TimeSpan Time(NodesOptions options) => TimeSpan.FromSeconds(options.Rounds * options.Seconds);

    private static async Task EnterAsync(NodesOptions options, Cluster cluster, List<Listener> people)
    {
        await Entrance.MakeRoomsAsync(cluster.Nodes[0].Port, [.. Enumerable.Range(0, options.Rooms).Select(i => $"quiet-{i}")]);
        for (var room = 0; room < options.Rooms; room++)
            people.AddRange(await Task.WhenAll(cluster.Nodes.Select(n => Listener.EnterAsync(n.Port, $"#quiet-{room}"))));
    }

    private static async Task<string> WatchAsync(string name, NodesOptions options, Cluster cluster, DatabaseServer postgres)
    {
        await Task.Delay(Settling);
        var before = await Spent.OfAsync(cluster, postgres);
        await Task.Delay(Time(options));
        var spent = (await Spent.OfAsync(cluster, postgres)).Since(before);
        var (transactions, database, nodes) = (spent.Transactions / spent.Seconds, spent.DatabaseSeconds * 1000 / spent.Seconds, spent.Nodes.TotalMilliseconds / spent.Seconds);
        Progress.Say($"idle, {name}: {transactions:N1} transactions/s, PostgreSQL {database:N2} ms/s, nodes {nodes:N1} ms/s");
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {transactions:N1} | {database:N2} | {nodes:N1} |");
    }
}
