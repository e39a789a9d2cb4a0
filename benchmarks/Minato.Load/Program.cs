using System.Globalization;
using Minato.Load;
using Minato.Load.Idle;
using Minato.Load.Nodes;
using Minato.Load.Peers;
using Minato.Load.Storms;

if (args is ["bystanders", _, _])
    return await Bystanders.RunAsync(args);
if (args is ["storm", ..])
{
    if (StormOptions.TryParse(args[1..], out var storm))
        return await Storm.RunAsync(storm) ? 0 : 1;
    Console.Error.WriteLine(StormOptions.Usage);
    return 2;
}
if (args is ["idle", ..])
{
    if (IdleOptions.TryParse(args[1..], out var idle))
        return await Sleep.RunAsync(idle);
    Console.Error.WriteLine(IdleOptions.Usage);
    return 2;
}
if (args is ["nodes", ..])
{
    if (NodesOptions.TryParse(args[1..], out var nodes))
        return await SeveralNodes.RunAsync(nodes);
    Console.Error.WriteLine(NodesOptions.Usage);
    return 2;
}
if (args is ["peers", ..])
{
    if (PeersOptions.TryParse(args[1..], out var peers))
        return await SideBySide.RunAsync(peers);
    Console.Error.WriteLine(PeersOptions.Usage);
    return 2;
}

// What one server carries, and whether readers who stopped cost the others anything: rounds of both kinds in alternation, each on
// a fresh server and data folder, compared by their medians.
if (!LoadOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine("""
        usage: Minato.Load [--clients 500] [--window 64] [--size 100] [--seconds 4] [--rounds 5] [--stopped 0.1] [--memory] [--irc]
          clients   WebSocket clients in #lobby; one of them posts, all receive
          irc       IRC clients in their place, of two sets of capabilities
          window    posts without their own event, at most
          stopped   the part of the clients that never read, in every second round
               Minato.Load storm    thousands lose the server at once and come back: the same with --help
               Minato.Load idle     what a connection costs that says nothing: the same with --help
               Minato.Load nodes    several servers on one PostgreSQL: the same with --help
               Minato.Load peers    beside other servers, as benchmarks/load runs it
        """);
    return 2;
}

var all = new List<RoundResult>();
var some = new List<RoundResult>();
for (var round = 1; round <= options.Rounds; round++)
{
    all.Add(await Show("everybody reads", round, options with { Stopped = 0 }));
    some.Add(await Show($"{options.Stopped:P0} stopped", round, options));
}

Console.WriteLine();
Console.WriteLine("| | everybody reads | some stopped | ratio |");
Console.WriteLine("|---|---|---|---|");
Row("posts/s, acknowledged after fsync", r => r.PostsPerSecond);
Row("deliveries/s to those who read", r => r.DeliveriesPerSecond);
Row("from a post to its own event, p50 ms", r => r.P50);
Row("p99 ms", r => r.P99);
Row("server CPU s per million deliveries", r => r.CpuPerMillion);
Row("server memory at the end, MiB", r => r.MemoryMiB);
return 0;

static async Task<RoundResult> Show(string kind, int round, LoadOptions options)
{
    var result = await Round.RunAsync(options);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"round {round}, {kind}: {result.PostsPerSecond:N0} posts/s, {result.DeliveriesPerSecond:N0} deliveries/s, p50 {result.P50:N1} ms, p99 {result.P99:N1} ms"));
    return result;
}

void Row(string name, Func<RoundResult, double> of)
{
    var (left, right) = (Median(all, of), Median(some, of));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {left:N2} | {right:N2} | {right / left:N2} |"));
}

static double Median(List<RoundResult> rounds, Func<RoundResult, double> of)
{
    var sorted = rounds.Select(of).Order().ToArray();
    return sorted[sorted.Length / 2];
}
