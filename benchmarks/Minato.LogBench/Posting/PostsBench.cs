using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Reporting;

namespace Minato.LogBench.Posting;

/// <summary>
/// Acknowledged posts a second, beside a bare writer of the same rows in the same batches. Each run of the real thing stands between
/// two of the bare one and is compared with both, so that a machine that grows slower or faster meanwhile favours neither.
/// </summary>
internal static class PostsBench
{
    private const double Goal = 0.6;

    private static readonly Load[] Loads = [new(1, 1), new(8, 1), new(64, 1), new(512, 1), new(100, 64)];

    internal static async Task<Report> RunAsync(IEngine engine, BenchOptions options)
    {
        var rows = new List<string[]>();
        var bars = new List<Bar>();
        foreach (var load in Loads)
        {
            var (ratio, cells) = await CompareAsync(engine, load, options);
            rows.Add([$"{load.UnderWay:N0} ({load.Senders} × {load.Window})", .. cells]);
            bars.Add(new Bar($"{load.UnderWay:N0} under way", ratio));
        }
        return new Report(
            "posts", "Acknowledged posts a second, beside a bare writer",
            $"""
            {Load.Rooms} rooms; senders × posts under way from each, as sessions submit them; {options.Seconds.TotalSeconds:0.#} s a run, {options.Rounds} rounds; every run on a
            new database with fsync. The bare writer writes the same rows in the same batches by prepared statements, without rights, look-ups, answers and read positions.
            """,
            ["posts under way", "Minato ÷ bare", "posts a commit", "Minato, posts/s", "bare, posts/s", "of the time in the store"],
            rows, new Plot("Acknowledged posts a second: Minato ÷ bare writer", bars, Goal, IsCeiling: false));
    }

    private static async Task<(Spread Ratio, string[] Cells)> CompareAsync(IEngine engine, Load load, BenchOptions options)
    {
        // The first run only warms up, and is what the first bare one repeats.
        var run = await PostingRun.OfMinatoAsync(engine, load, options);
        var before = await run.RepeatBareAsync(engine, load);
        var (ratios, real, bare, sizes, busy) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            run = await PostingRun.OfMinatoAsync(engine, load, options);
            var after = await run.RepeatBareAsync(engine, load);
            var beside = Math.Sqrt(before * after);
            before = after;
            ratios.Add(run.PostsPerSecond / beside);
            real.Add(run.PostsPerSecond);
            bare.Add(beside);
            sizes.Add((double)run.Rows.Length / run.Batches.Length);
            busy.Add(run.Busy);
            Progress.Say($"posts, {load.UnderWay} under way, round {round}: {run.PostsPerSecond:N0}/s, bare {beside:N0}/s, ratio {ratios[^1]:0.00}");
        }
        var ratio = Spread.Of(ratios);
        return (ratio, [$"{ratio}", $"{Spread.Of(sizes).Median:N0}", $"{Spread.Of(real).Median:N0}", $"{Spread.Of(bare).Median:N0}", $"{Spread.Of(busy).Median:P0}"]);
    }
}
