using System.Globalization;
using Minato.Load.Peers;

namespace Minato.Load.Nodes;

/// <summary>Durable posts a second of one, two and three nodes, and what they cost, side by side.</summary>
internal static class Posts
{
    /// <summary>Who come in at once.</summary>
    private const int Entering = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static async Task<string> RunAsync(NodesOptions options, DatabaseServer postgres)
    {
        var samples = Placement.All.ToDictionary(p => p, _ => new List<Sample>());
        for (var round = 1; round <= options.Rounds; round++)
            foreach (var placement in Placement.All)
            {
                var sample = await MeasureAsync(options, postgres, placement);
                samples[placement].Add(sample);
                Progress.Say($"posts, round {round}, {placement.Name}: {sample.PostsPerSecond:N0}/s, {sample.Nodes:N0} µs a post in the nodes, {sample.Database:N0} µs in PostgreSQL, {sample.Transactions:0.000} transactions, {sample.Refused} refused");
            }
        return Table(options, samples);
    }

    private static async Task<Sample> MeasureAsync(NodesOptions options, DatabaseServer postgres, Placement placement)
    {
        await using var cluster = await Cluster.StartAsync(postgres, placement.Nodes);
        await Entrance.MakeRoomsAsync(cluster.Nodes[0].Port, [.. Enumerable.Range(0, options.Rooms).Select(i => $"room-{i}")]);
        var senders = new List<Sender>();
        try
        {
            await EnterAsync(options, cluster, placement, senders).WaitAsync(Patience);
            senders.ForEach(s => s.Start());
            await Task.Delay(TimeSpan.FromSeconds(options.Heat * placement.Nodes));
            var (before, posted, refused) = (await Spent.OfAsync(cluster, postgres), senders.Sum(s => s.Acknowledged), senders.Sum(s => s.Refused));
            await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
            var posts = (double)(senders.Sum(s => s.Acknowledged) - posted);
            var spent = (await Spent.OfAsync(cluster, postgres)).Since(before);
            if (senders.Find(s => s.Trouble is not null) is { Trouble: { } trouble })
                throw new InvalidOperationException($"{placement.Name}: {trouble}");
            return new Sample(posts / spent.Seconds, spent.Nodes.TotalMicroseconds / posts, spent.DatabaseSeconds * 1e6 / posts, spent.Transactions / posts, senders.Sum(s => s.Refused) - refused);
        }
        finally
        {
            senders.ForEach(s => s.Dispose());
        }
    }

    private static async Task EnterAsync(NodesOptions options, Cluster cluster, Placement placement, List<Sender> senders)
    {
        var all = Enumerable.Range(0, options.Rooms).SelectMany(room => Enumerable.Range(0, options.Senders).Select(sender => (Room: room, Sender: sender)));
        foreach (var some in all.Chunk(Entering))
            senders.AddRange(await Task.WhenAll(some.Select(s =>
                Sender.EnterAsync(cluster.Nodes[placement.NodeOf(s.Room, s.Sender)].Port, $"#room-{s.Room}", s.Room * options.Senders + s.Sender))));
    }

    private static string Table(NodesOptions options, Dictionary<Placement, List<Sample>> samples)
    {
        var one = samples[Placement.All[0]];
        string Ratio(List<Sample> of, Func<Sample, double> what) => Spread.Of(of.Zip(one, (s, o) => what(s) / what(o)))!.Value.Text("0.00");
        string Median(List<Sample> of, Func<Sample, double> what, string format) => Spread.Of(of.Select(what))!.Value.Median.ToString(format, CultureInfo.InvariantCulture);
        var rows = samples.Select(s => $"| {s.Key.Name} | {Ratio(s.Value, v => v.PostsPerSecond)} | {Ratio(s.Value, v => v.Nodes)} | {Ratio(s.Value, v => v.Database)} | "
            + $"{Median(s.Value, v => v.PostsPerSecond, "N0")} | {Median(s.Value, v => v.Nodes, "N0")} | {Median(s.Value, v => v.Database, "N0")} | {Median(s.Value, v => v.Transactions, "0.000")} | {s.Value.Sum(v => v.Refused)} |");
        return $"""
            {options.Rooms} rooms, {options.Senders} senders in each with one post under way; {options.Seconds.ToString(CultureInfo.InvariantCulture)} s a round, {options.Rounds} rounds; ÷ one node's of the same round: median (lowest–highest)

            | | posts/s ÷ one node's | processor time of a post in the nodes ÷ | in PostgreSQL ÷ | posts/s | µs a post in the nodes | in PostgreSQL | transactions a post | refused, of all rounds |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    /// <param name="Nodes">Microseconds of processor time of a post, in all nodes together.</param>
    /// <param name="Database">The same in PostgreSQL.</param>
    /// <param name="Transactions">Of a post: reading, writing, and hints.</param>
    /// <param name="Refused">How often a node that was cut off from the others took nothing.</param>
    private sealed record Sample(double PostsPerSecond, double Nodes, double Database, double Transactions, long Refused);
}
