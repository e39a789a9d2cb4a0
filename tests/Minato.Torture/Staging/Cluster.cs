using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Staging;

/// <summary>The servers of a run: one, or several on one database, each with a clock of its own.</summary>
internal sealed class Cluster : IDisposable
{
    private const string Ready = "ready";

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);
    private readonly List<Task> _serving = [];

    /// <param name="folder">For what they say.</param>
    /// <param name="page">Of whoever keeps the log.</param>
    /// <param name="postgres">Null: that is the only server.</param>
    /// <param name="command">A server's, given where to listen and its data folder.</param>
    public Cluster(Harbour harbour, string folder, Disk disk, FaultPage page, Postgres? postgres, Func<string, string, string[]> command)
    {
        foreach (var berth in harbour.Berths)
        {
            var isOne = berth.ToDatabase is null;
            var name = isOne ? "" : $"{berth.Number}";
            var data = Path.Combine(disk.Folder, $"data{name}");
            Data ??= data;
            var own = isOne ? page : new FaultPage(Path.Combine(folder, $"faults{name}"));
            string[] database = postgres is null ? [] : ["--postgres", isOne ? postgres.Primary.Connection : postgres.ConnectionFrom(berth)];
            Nodes.Add(new Node(berth, new ServerProcess(berth.Inside([.. command(berth.Server.ToString(), data), .. database]), Program.Preload, own, Path.Combine(folder, $"server{name}.log")), own));
        }
    }

    public List<Node> Nodes { get; } = [];

    /// <summary>Of the first.</summary>
    public string Data { get; } = null!;

    public Uri First => new($"http://{Nodes[0].Berth.Server}");

    /// <summary>What one of them did that it must not do; null: nothing.</summary>
    public string? Complaint => Nodes.Select(n => n.Server.Complaint).FirstOrDefault(c => c is not null);

    /// <summary>The first makes the tables.</summary>
    public async Task StartAsync()
    {
        foreach (var node in Nodes)
        {
            _serving.Add(node.Server.RunAsync());
            await node.Server.ReadyAsync();
        }
    }

    public Task ReadyAsync() => Task.WhenAll(Nodes.Select(n => n.Server.ReadyAsync()));

    /// <summary>
    /// When nothing strikes any more: all of several come back by themselves. Then all are stopped, and one starts before the others: it finds that it is alone, and ends
    /// the guests of connections that a killed one has left behind (docs/decisions/0015-nodes.md).
    /// </summary>
    /// <returns>A sentence about one that does not; null: all do.</returns>
    public async Task<string?> InStepAsync(TimeSpan within)
    {
        if (Nodes.Count == 1)
            return null;
        foreach (var node in Nodes)
            if (await UntilReadyAsync(node, within) is { } complaint)
                return complaint;
        await Task.WhenAll(Nodes.Select(n => n.Server.RestAsync()));
        foreach (var node in Nodes)
            await node.Server.GoOnAsync();
        return null;
    }

    public Task StopAsync() => Task.WhenAll(Nodes.Zip(_serving, (node, serving) => node.Server.StopAsync(serving)));

    public void Dispose() => Nodes.ForEach(n => n.Dispose());

    private static async Task<string?> UntilReadyAsync(Node node, TimeSpan within)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (await node.ReadinessAsync() is var word && word != Ready)
        {
            if (Environment.TickCount64 > until)
                return $"Nothing strikes any more, and server {node.Number} says that it is {word ?? "nothing at all"}.";
            await Task.Delay(BetweenQuestions);
        }
        return null;
    }
}
