namespace Minato.Sidecar.Tests;

/// <summary>A host is killed, and nothing that it started is left, whatever that did to get away.</summary>
public sealed class OrphanTests
{
    private const string Tree = """
        sleep 1001 &
        echo $!
        (sleep 1002 & echo $!; wait) &
        setsid sleep 1003 &
        echo $!
        setsid sh -c 'sleep 1004 & echo $!; sleep 1005' &
        trap '' TERM HUP INT
        echo $$
        sleep 0.2
        echo ready
        wait
        """;

    [Fact]
    public async Task What_a_killed_host_started_is_gone()
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree);
        var (leashes, tree) = await StartedBy(host);
        Assert.All(tree.Concat(leashes), pid => Assert.NotNull(ProcessStart.Find(pid)));
        host.Kill();
        await AllGone(tree);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Who_ends_a_leash_at_the_same_moment_as_the_host_meets_the_other_one(int which)
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree);
        var (leashes, tree) = await StartedBy(host);
        Assert.Equal(2, leashes.Count);
        System.Diagnostics.Process.Start("kill", $"-KILL {leashes[which]} {host.Pid}").WaitForExit();
        await AllGone(tree);
    }

    [Fact]
    public async Task Leashes_that_somebody_ends_are_replaced()
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree);
        var (leashes, tree) = await StartedBy(host);
        await Replaced(host, leashes);
        host.Kill();
        await AllGone(tree);
    }

    [Fact]
    public async Task The_leashes_themselves_end_with_their_host_and_touch_nobody_elses()
    {
        using var other = Child.Start("sleep", "1000");
        using var host = Child.Start(Program.Executable, "child", "host", "echo ready; sleep 1000");
        var (leashes, _) = await StartedBy(host);
        host.Kill();
        await AllGone(leashes);
        Assert.NotNull(ProcessStart.Find(other.Pid));
    }

    [Fact]
    public async Task A_host_that_ends_well_leaves_nothing_either()
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree + "\nsleep 1000");
        var (leashes, tree) = await StartedBy(host);
        System.Diagnostics.Process.Start("kill", $"-TERM {host.Pid}").WaitForExit();
        await AllGone([.. tree, .. leashes]);
    }

    /// <summary>The leashes' pids, and those that the tree said until it was ready.</summary>
    private static async Task<(List<int> Leashes, List<int> Tree)> StartedBy(Child host)
    {
        var leashes = (await host.ReadLine()).Split(' ').Select(int.Parse).ToList();
        var tree = new List<int>();
        for (string line; (line = await host.ReadLine()) != "ready";)
            tree.Add(int.Parse(line));
        return (leashes, tree);
    }

    // Found by their parent and name.
    private static async Task Replaced(Child host, List<int> leashes)
    {
        System.Diagnostics.Process.Start("kill", $"-KILL {string.Join(' ', leashes)}").WaitForExit();
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (ProcessFamily.AllPids().Count(pid => !leashes.Contains(pid) && ProcessStat.TryRead(pid, out var stat) && stat.Parent == host.Pid && Command(pid).StartsWith($"{Leash.Name}\0", StringComparison.Ordinal)) < leashes.Count)
        {
            Assert.True(patience.Elapsed < Child.Patience, "No other leashes took over.");
            await Task.Delay(5);
        }
    }

    private static string Command(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task AllGone(IReadOnlyList<int> pids)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (pids.Any(pid => ProcessStart.Find(pid) is not null))
        {
            Assert.True(patience.Elapsed < Child.Patience, $"Still there: {string.Join(' ', pids.Where(pid => ProcessStart.Find(pid) is not null))}.");
            await Task.Delay(5);
        }
    }
}
