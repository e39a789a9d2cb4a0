using System.Diagnostics;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>That the benchmark of the log still runs. How fast anything was is nobody's business here.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_benchmark_of_the_log_runs_and_says_what_it_found()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[
            Path.Combine(Repository.Root, "benchmarks/Minato.LogBench/bin/Release/net10.0/Minato.LogBench.dll"),
            "all", "--quick", "--dir", _folder["databases"], "--docs", _folder["docs"]])
            start.ArgumentList.Add(argument);
        using var bench = Process.Start(start)!;
        var (said, troubles) = (bench.StandardOutput.ReadToEndAsync(), bench.StandardError.ReadToEndAsync());
        await bench.WaitForExitAsync();
        Assert.True(bench.ExitCode == 0, await troubles);
        foreach (var row in (string[])["| 6,400 (100 × 64)", "| 64 senders, without a pause", "| delete a message", "| the bodies themselves"])
            Assert.Contains(row, await said);
        Assert.Equal(
            ["log-acks.md", "log-disk.md", "log-posts.md", "log-reads-one.md", "log-reads-thousand.md"],
            Directory.GetFiles(_folder["docs"]).Select(f => Path.GetFileName(f)).Order());
        // It leaves no databases behind.
        Assert.Empty(Directory.GetFiles(_folder["databases"]));
    }
}
