using System.Globalization;

namespace Minato.PortBench;

/// <summary>
/// Hosts are killed with kill -9, alone and together with what guards their children; what is alive a second later is counted. The claim is broken
/// by who stays.
/// </summary>
internal static class OrphanRun
{
    private const int Kill = 9;
    private const int ProgressEvery = 50;

    /// <param name="IsClaimed">Whether nothing may be left; else it is only said what is.</param>
    private sealed record Case(string Name, bool IsClaimed, bool WhenWhole, KilledHost.Death Death);

    private static readonly Case[] s_cases =
    [
        new("the host", true, true, (host, _) => Signal(host)),
        new("the host, while its tree comes up", true, false, (host, _) => Signal(host)),
        new("a leash and at once the host", true, true, (host, leashes) => Signal([leashes[0], host])),
        new("the host and at once a leash", true, true, (host, leashes) => Signal([host, leashes[0]])),
        new("both leashes, and 100 ms later the host", true, true, async (host, leashes) =>
        {
            await Signal(leashes);
            await Task.Delay(100);
            await Signal(host);
        }),
        new("both leashes and at once the host", false, true, (host, leashes) => Signal([.. leashes, host])),
    ];

    internal static async Task<int> RunAsync(int runs, int atOnce)
    {
        Console.WriteLine("| killed | runs | started | alive after 1 s | in runs | last death p50, ms | p99 | longest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var (broken, first) = (false, default(Distribution));
        foreach (var one in s_cases)
        {
            var results = await ManyAsync(one, runs, atOnce);
            var times = new Distribution(results.Where(r => r.Left == 0).Select(r => r.LastDeath));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Name} | {runs} | {results.Sum(r => r.Started)} | {results.Sum(r => r.Left)} | {results.Count(r => r.Left > 0)} | {times.At(0.5):0} | {times.At(0.99):0} | {times.Greatest:0} |"));
            broken |= one.IsClaimed && results.Exists(r => r.Stays > 0);
            first ??= times;
        }
        Console.WriteLine();
        Console.WriteLine("From the host's end to the last death, of runs that left nobody:");
        first!.Draw("ms");
        Console.WriteLine(broken ? "The claim is broken: somebody outlived a host." : "Nobody outlived a host where that is claimed.");
        return broken ? 1 : 0;
    }

    private static async Task<List<KilledHost.Result>> ManyAsync(Case one, int runs, int atOnce)
    {
        var results = new List<KilledHost.Result>();
        var gate = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) =>
        {
            var result = await KilledHost.RunAsync(one.Death, one.WhenWhole, one.IsClaimed);
            lock (gate)
            {
                results.Add(result);
                if (results.Count % ProgressEvery == 0)
                    Console.Error.WriteLine($"{one.Name}: {results.Count} of {runs}, {results.Sum(r => r.Left)} left so far");
            }
        });
        return results;
    }

    private static Task Signal(params IEnumerable<Minato.Sidecar.ProcessHandle> processes)
    {
        foreach (var process in processes)
            process.Signal(Kill);
        return Task.CompletedTask;
    }
}
