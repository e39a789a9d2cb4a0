using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Reporting;

namespace Minato.LogBench.Posting;

/// <summary>
/// How long a sender waits for the answer, beside what an fsync takes on the same file system just before and just after: the loads
/// stand below what the writer can carry, so waiting is for the disk and not in a queue.
/// </summary>
internal static class AcksBench
{
    private const double Goal = 5;

    private static readonly Load[] Loads =
    [
        new(64, 1, Think: TimeSpan.FromMilliseconds(50)),
        new(64, 1, Think: TimeSpan.FromMilliseconds(10)),
        new(64, 1),
    ];

    internal static async Task<Report> RunAsync(IEngine engine, BenchOptions options)
    {
        var rows = new List<string[]>();
        var bars = new List<Bar>();
        foreach (var load in Loads)
        {
            var think = load.Think == TimeSpan.Zero ? "without a pause" : $"{load.Think.TotalMilliseconds:0} ms of thought";
            var (ratio, cells) = await CompareAsync(engine, load, think, options);
            rows.Add([$"{load.Senders} senders, {think}", .. cells]);
            bars.Add(new Bar($"{load.Senders} senders, {think}", ratio));
        }
        return new Report(
            "acks", "From a post to its answer, beside an fsync",
            $"""
            From submitting a post until its answer is queued for the socket; {Load.Rooms} rooms; each sender waits for its answer and thinks for a while before the next post. Beside it, all the time, a
            thread that every 3 ms writes 4,120 bytes (a page and its header, as SQLite's log has it) and calls fsync on the same file system; and the same without a pause before and after each run, when the
            disk has nothing else to do. {options.Seconds.TotalSeconds:0.#} s a run, {options.Rounds} rounds.
            """,
            ["load", "p99 ÷ fsync's p99", "p50 ÷ fsync's p50", "p99, µs", "fsync beside it, p99 µs", "fsync alone, p99 µs", "posts/s", "of the time in the store", "longest checkpoint, µs"],
            rows, new Plot("From a post to its answer, p99 ÷ p99 of an fsync", bars, Goal, IsCeiling: true));
    }

    private static async Task<(Spread Ratio, string[] Cells)> CompareAsync(IEngine engine, Load load, string think, BenchOptions options)
    {
        using var probe = new FsyncProbe(engine.Open("posting").Folder);
        await PostingRun.OfMinatoAsync(engine, load, options, probe);
        var (runs, alone) = (new List<PostingRun>(), new List<Timings> { probe.Run(options.Seconds / 4) });
        for (var round = 1; round <= options.Rounds; round++)
        {
            var run = await PostingRun.OfMinatoAsync(engine, load, options, probe);
            runs.Add(run);
            alone.Add(probe.Run(options.Seconds / 4));
            Progress.Say($"acks, {load.Senders} senders, {think}, round {round}: p99 {run.Acks.P99:N0} µs, fsync {run.Fsync.P99:N0} µs, ratio {run.Acks.P99 / run.Fsync.P99:0.00}");
        }
        var ratio = Of(r => r.Acks.P99 / r.Fsync.P99);
        return (ratio,
        [
            $"{ratio}", $"{Of(r => r.Acks.Median / r.Fsync.Median)}", $"{Of(r => r.Acks.P99).Median:N0}", $"{Of(r => r.Fsync.P99).Median:N0}",
            $"{Spread.Of(alone.Select(a => a.P99)).Median:N0}", $"{Of(r => r.PostsPerSecond).Median:N0}", $"{Of(r => r.Busy).Median:P0}",
            $"{Of(r => r.Upkeep.Quantile(1)).Median:N0}",
        ]);

        Spread Of(Func<PostingRun, double> value) => Spread.Of(runs.Select(value));
    }
}
