using Minato.Tests.Kit;

namespace Minato.Sidecar.Tests;

public sealed class LeashTests
{
    private static readonly string s_nobody = LaunchNonce.New();

    [Fact]
    public async Task One_that_is_ended_is_replaced_and_not_for_ever_where_that_happens_at_once()
    {
        var time = new ManualTime();
        var leash = new Leash(s_nobody, time);
        leash.BeThere();
        for (var i = 0; i < 5; i++)
        {
            // Neither a good second nor a bad one is told by the clock on the wall.
            time.Advance(TimeSpan.FromSeconds(2));
            time.Leap(TimeSpan.FromHours(-1));
            await End(leash);
            Assert.NotNull(leash.Pid);
        }
        for (var i = 0; i < 3; i++)
        {
            time.Leap(TimeSpan.FromDays(1));
            await End(leash);
        }
        Assert.Null(leash.Pid);
        leash.BeThere();
        Assert.Null(leash.Pid);
    }

    [Fact]
    public async Task One_that_is_stopped_and_hears_nothing_is_replaced_rather_than_left_with_old_groups()
    {
        var leash = new Leash(s_nobody, new ManualTime());
        leash.BeThere();
        var pid = leash.Pid!.Value;
        System.Diagnostics.Process.Start("kill", $"-STOP {pid}").WaitForExit();
        // 64 KiB of words to a shell that reads none. No such group is there: numbers end at four millions.
        for (var i = 0; i < 5_000; i++)
        {
            leash.Tie(9_000_000);
            leash.Untie(9_000_000);
        }
        await Replaced(leash, pid);
        Assert.NotNull(leash.Pid);
        while (leash.Pid is not null)
            await End(leash);
    }

    private static async Task End(Leash leash)
    {
        var pid = leash.Pid!.Value;
        using (var process = System.Diagnostics.Process.GetProcessById(pid))
            process.Kill();
        await Replaced(leash, pid);
    }

    private static async Task Replaced(Leash leash, int pid)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (leash.Pid == pid)
        {
            Assert.True(patience.Elapsed < Child.Patience, "Nobody noticed that it ended.");
            await Task.Delay(1);
        }
    }
}
