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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_killed_host_started_is_gone(bool leashWasKilledBefore)
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree);
        var (leash, tree) = await StartedBy(host);
        Assert.All(tree.Append(leash), pid => Assert.NotNull(ProcessStart.Find(pid)));
        if (leashWasKilledBefore)
            await KillLeash(host, leash);
        host.Kill();
        await AllGone(tree);
    }

    [Fact]
    public async Task The_leash_itself_ends_with_its_host_and_touches_nobody_elses()
    {
        using var other = Child.Start("sleep", "1000");
        using var host = Child.Start(Program.Executable, "child", "host", "echo ready; sleep 1000");
        var (leash, _) = await StartedBy(host);
        host.Kill();
        await AllGone([leash]);
        Assert.NotNull(ProcessStart.Find(other.Pid));
    }

    [Fact]
    public async Task A_host_that_ends_well_leaves_nothing_either()
    {
        using var host = Child.Start(Program.Executable, "child", "host", Tree + "\nsleep 1000");
        var (leash, tree) = await StartedBy(host);
        System.Diagnostics.Process.Start("kill", $"-TERM {host.Pid}").WaitForExit();
        await AllGone([.. tree, leash]);
    }

    /// <summary>The leash's pid, and those that the tree said until it was ready.</summary>
    private static async Task<(int Leash, List<int> Tree)> StartedBy(Child host)
    {
        var leash = await host.ReadNumber();
        var tree = new List<int>();
        for (string line; (line = await host.ReadLine()) != "ready";)
            tree.Add(int.Parse(line));
        return (leash, tree);
    }

    // Another one takes over: found by its parent and name.
    private static async Task KillLeash(Child host, int leash)
    {
        System.Diagnostics.Process.GetProcessById(leash).Kill();
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!ProcessFamily.AllPids().Any(pid => pid != leash && ProcessStat.TryRead(pid, out var stat) && stat.Parent == host.Pid && Command(pid).StartsWith("minato-leash", StringComparison.Ordinal)))
        {
            Assert.True(patience.Elapsed < Child.Patience, "No other leash took over.");
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
