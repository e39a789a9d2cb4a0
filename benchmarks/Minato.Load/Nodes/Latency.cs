using System.Diagnostics;
using System.Globalization;
using Minato.Load.Peers;

namespace Minato.Load.Nodes;

/// <summary>From a post to its event, at the node where it was posted and at another, one post at a time.</summary>
internal static class Latency
{
    private const string Room = "latency";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static async Task<string> RunAsync(NodesOptions options, DatabaseServer postgres)
    {
        var (alone, own, other) = (new List<Percentiles>(), new List<Percentiles>(), new List<Percentiles>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            var one = await MeasureAsync(options, postgres, nodes: 1);
            alone.Add(one[0]);
            Progress.Say($"latency, round {round}, 1 node: p50 {one[0].P50:N2} ms, p99 {one[0].P99:N2} ms");
            var two = await MeasureAsync(options, postgres, nodes: 2);
            own.Add(two[0]);
            other.Add(two[1]);
            Progress.Say($"latency, round {round}, 2 nodes: p50 {two[0].P50:N2} ms at the same, {two[1].P50:N2} ms at the other; p99 {two[0].P99:N2} and {two[1].P99:N2} ms");
        }
        return $"""
            From a post to its event, one post at a time; {options.Seconds.ToString(CultureInfo.InvariantCulture)} s a round, {options.Rounds} rounds; ÷ within the only node, of the same round: median (lowest–highest)

            | | p50 ÷ | p99 ÷ | p50, ms | p99, ms |
            |---|---|---|---|---|
            {Row("within the only node", alone, alone)}
            {Row("within one of two nodes", own, alone)}
            {Row("from one node to another", other, alone)}
            """;
    }

    /// <returns>Of a listener at the node where is posted, and of one at the last node, which is another where there are two.</returns>
    private static async Task<Percentiles[]> MeasureAsync(NodesOptions options, DatabaseServer postgres, int nodes)
    {
        await using var cluster = await Cluster.StartAsync(postgres, nodes);
        await Entrance.MakeRoomsAsync(cluster.Nodes[0].Port, [Room]);
        using var sender = await EnterAsync(cluster.Nodes[0]);
        using var own = await EnterAsync(cluster.Nodes[0]);
        using var last = await EnterAsync(cluster.Nodes[^1]);
        var (atOwn, atLast) = (new List<double>(), new List<double>());
        var number = 0;
        await TalkAsync(TimeSpan.FromSeconds(options.Heat * nodes));
        atOwn.Clear();
        atLast.Clear();
        await TalkAsync(TimeSpan.FromSeconds(options.Seconds));
        return [Percentiles.Of(atOwn), Percentiles.Of(atLast)];

        async Task TalkAsync(TimeSpan time)
        {
            for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < time; number++)
            {
                var (heard, heardLast) = (own.Expect(number), last.Expect(number));
                var sentAt = Stopwatch.GetTimestamp();
                await sender.SayAsync(number);
                await Task.WhenAll(heard, heardLast).WaitAsync(Patience);
                atOwn.Add(Stopwatch.GetElapsedTime(sentAt, await heard).TotalMilliseconds);
                atLast.Add(Stopwatch.GetElapsedTime(sentAt, await heardLast).TotalMilliseconds);
            }
        }
    }

    private static Task<Listener> EnterAsync(ServerProcess node) => Listener.EnterAsync(node.Port, $"#{Room}").WaitAsync(Patience);

    private static string Row(string name, List<Percentiles> of, List<Percentiles> alone)
    {
        string Ratio(Func<Percentiles, double> what) => Spread.Of(of.Zip(alone, (o, a) => what(o) / what(a)))!.Value.Text("0.00");
        string Median(Func<Percentiles, double> what) => Spread.Of(of.Select(what))!.Value.Median.ToString("N2", CultureInfo.InvariantCulture);
        return $"| {name} | {Ratio(p => p.P50)} | {Ratio(p => p.P99)} | {Median(p => p.P50)} | {Median(p => p.P99)} |";
    }

    /// <summary>Milliseconds that a half and 99 of 100 stay below.</summary>
    private sealed record Percentiles(double P50, double P99)
    {
        internal static Percentiles Of(List<double> values)
        {
            var sorted = values.Order().ToArray();
            return new Percentiles(sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
        }
    }
}
