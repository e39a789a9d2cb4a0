using Minato.Tests.Kit;
namespace Minato.Sidecar.Tests;

public sealed class ParentWatchTests
{
    [Fact]
    public async Task A_process_that_is_killed_is_noticed()
    {
        using var sleep = Child.Start("sleep", "1000");
        var ends = new[] { ParentWatch.WhenProcessEnds(sleep.Pid), ParentWatch.WhenProcessEnds(sleep.Pid) };
        Assert.All(ends, end => Assert.False(end.IsCompleted));

        sleep.Kill();

        await Task.WhenAll(ends).WaitAsync(Child.Patience);
    }

    [Fact]
    public async Task A_process_that_is_gone_completes_at_once()
    {
        using var gone = Child.Start("true");
        await gone.WaitForExit();

        Assert.True(ParentWatch.WhenProcessEnds(gone.Pid).IsCompletedSuccessfully);
        Assert.True(ParentWatch.WhenProcessEndsByPolling(gone.Pid, new ManualTime()).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_zombie_has_ended()
    {
        using var parent = Child.StartPython("""
            import os, sys
            child = os.fork()
            if child == 0: os._exit(0)
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
            print(child, flush=True)
            sys.stdin.read()
            """);
        var zombie = await parent.ReadNumber();

        await ParentWatch.WhenProcessEnds(zombie).WaitAsync(Child.Patience);
        Assert.True(ParentWatch.WhenProcessEndsByPolling(zombie, new ManualTime()).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Without_process_handles_the_end_is_noticed_by_the_second()
    {
        var time = new ManualTime();
        using var sleep = Child.Start("sleep", "1000");
        var end = ParentWatch.WhenProcessEndsByPolling(sleep.Pid, time);
        time.Advance(TimeSpan.FromSeconds(1));

        sleep.Kill();
        await sleep.WaitForExit();
        Assert.False(end.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await end.WaitAsync(Child.Patience);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_pid_that_cannot_be_is_refused(int pid) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = ParentWatch.WhenProcessEnds(pid); });

    [Fact]
    public async Task A_pipe_on_standard_input_that_closes_is_noticed_whatever_came_through_it()
    {
        using var child = Child.Start(Program.Executable, "child", "watch-input");
        Assert.Equal("watching", await child.ReadLine());
        await child.Write(new string('x', 2000));

        child.CloseInput();

        Assert.Equal("closed", await child.ReadLine());
        Assert.Equal(0, await child.WaitForExit());
    }

    [Fact]
    public async Task A_parent_that_is_killed_closes_a_socket_on_standard_input_even_a_non_blocking_one()
    {
        using var parent = Child.StartPython("""
            import os, socket, subprocess, sys
            ours, theirs = socket.socketpair()
            theirs.setblocking(False)
            subprocess.Popen(sys.argv[1:], stdin=theirs)
            theirs.close()
            sys.stdin.readline()
            try: ours.sendall(bytes(4 << 20)) # more than the socket holds: done when the child has read it
            except OSError as e: print(e, flush=True)
            else: print("read", flush=True)
            sys.stdin.read()
            """, Program.Executable, "child", "watch-input");
        Assert.Equal("watching", await parent.ReadLine());
        await parent.Write("\n");
        Assert.Equal("read", await parent.ReadLine());

        parent.Kill();

        Assert.Equal("closed", await parent.ReadLine());
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/etc/passwd")]
    public async Task Standard_input_that_is_no_pipe_is_refused_in_a_sentence(string file)
    {
        using var child = Child.Start("sh", "-c", "exec \"$@\" < " + file, "sh", Program.Executable, "child", "watch-input");
        Assert.StartsWith("Standard input is neither a pipe nor a socket", await child.ReadLine());
        Assert.Equal(1, await child.WaitForExit());
    }
}
