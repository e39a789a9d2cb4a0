namespace Minato.Sidecar.Tests;

/// <summary>What can go wrong with a program: each has its sentence, and leaves nothing behind.</summary>
public sealed class SidecarFailureTests
{
    [Theory]
    [InlineData("minato-no-such-command", SidecarFailure.NotFound, "was not found in PATH. Is it installed?")]
    [InlineData("./no/such/file", SidecarFailure.NotFound, "There is no file \"")]
    [InlineData("/etc/passwd", SidecarFailure.CannotExecute, "may not be executed. Make it executable (chmod +x)")]
    [InlineData("/etc", SidecarFailure.CannotExecute, "is a folder, not a program.")]
    [InlineData("", SidecarFailure.NotFound, "its name is empty")]
    public async Task A_program_that_cannot_be_started_is_said_to_be_so(string program, SidecarFailure failure, string sentence)
    {
        var e = await Failure(new SidecarOptions { Program = program });
        Assert.Equal(failure, e.Failure);
        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_program_in_its_first_line_cannot_be_executed()
    {
        var folder = Directory.CreateTempSubdirectory("minato-program-");
        try
        {
            var file = Path.Combine(folder.FullName, "program");
            File.WriteAllText(file, "echo no first line\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var e = await Failure(new SidecarOptions { Program = file });
            Assert.Equal(SidecarFailure.CannotExecute, e.Failure);
            Assert.Contains("neither a program nor a script", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_early_end_fails_at_once_with_the_code_and_the_last_fifty_lines()
    {
        var e = await Failure(Shell("for i in $(seq 100); do echo line $i; done; echo last words >&2; exit 3"));
        Assert.Equal((SidecarFailure.EndedEarly, new ProcessEnd(3, null)), (e.Failure, e.End));
        Assert.Equal("\"sh\" ended with code 3 before it was ready.", e.Message);
        Assert.Equal(50, e.LastLines.Count);
        Assert.Contains("last words", e.LastLines);
        Assert.Contains("line 100", e.LastLines);
        Assert.DoesNotContain("line 40", e.LastLines);
    }

    [Fact]
    public async Task A_death_by_signal_is_called_so()
    {
        var e = await Failure(Shell("kill -11 $$"));
        Assert.Equal(new ProcessEnd(null, 11), e.End);
        Assert.Equal(139, e.End!.Value.ShellCode);
    }

    [Fact]
    public async Task A_program_that_goes_into_the_background_is_told_not_to()
    {
        var e = await Failure(Shell("sleep 1000 & exit 0"));
        Assert.Equal(SidecarFailure.EndedEarly, e.Failure);
        Assert.Contains("run it in the foreground", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_never_ready_is_ended_and_so_is_one_that_floods_its_output_with_whatever()
    {
        var e = await Failure(Shell("echo pid $$; head -c 4000000 /dev/urandom; exec sleep 1000") with { ReadyTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(SidecarFailure.NotReady, e.Failure);
        Assert.Equal("\"sh\" was not ready within 2 s.", e.Message);
        Assert.InRange(e.LastLines.Sum(l => l.Length), 1, 50 * SidecarLogs.MaxLine);
    }

    [Fact]
    public async Task A_program_that_listens_elsewhere_has_its_port_named()
    {
        var e = await Failure(SidecarTests.Python("import sys; sys.argv[1:] = ['0']\n" + SidecarTests.Serve) with { ReadyTimeout = TimeSpan.FromSeconds(4) });
        Assert.Equal(SidecarFailure.ListensElsewhere, e.Failure);
        Assert.Matches(@"""python3"" listens on 127\.0\.0\.1:\d+, not on 127\.0\.0\.1:\d+\. Give it its port: \{port\} in the command, or PORT", e.Message);
    }

    [Theory]
    [InlineData("echo port 0", @"port (?<port>\d+)", "port \"0\", which is none")]
    [InlineData("echo port 99999", @"port (?<port>\d+)", "port \"99999\", which is none")]
    [InlineData("echo at http://192.0.2.7:80/", @"at (?<url>\S+)", "which is not on this machine's loopback")]
    [InlineData("echo at nowhere", @"at (?<url>\S+)", "which is no URL with a port")]
    public async Task What_a_program_says_of_itself_is_not_believed_blindly(string say, string pattern, string sentence)
    {
        var e = await Failure(Shell($"{say}; sleep 1000") with { Ready = ReadyProbe.Line(pattern) });
        Assert.Equal(SidecarFailure.BadReport, e.Failure);
        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_names_somebody_elses_port_is_not_ready_there()
    {
        using var other = Child.StartPython(Child.HoldPort, "127.0.0.1");
        var port = await other.ReadNumber();
        var e = await Failure(Shell($"echo port {port}; sleep 1000") with { Ready = ReadyProbe.Line(@"port (?<port>\d+)") });
        Assert.Equal(SidecarFailure.PortTaken, e.Failure);
        Assert.Contains($"python3 (pid {other.Pid}) listens there. Nothing was sent to it.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_any_owner_a_port_that_somebody_else_serves_will_do()
    {
        using var other = Child.StartPython(Child.HoldPort, "127.0.0.1");
        var port = await other.ReadNumber();
        await using var sidecar = await Sidecar.StartAsync(
            Shell($"echo port {port}; sleep 1000") with { Ready = ReadyProbe.Line(@"port (?<port>\d+)"), AnyOwner = true });
        Assert.Equal(port, sidecar.Port);
    }

    [Theory]
    [InlineData("{fd}", HandOff.Reserve, "the socket is not inherited")]
    [InlineData("{url}", HandOff.Report, "With Report the program says its port")]
    public async Task Options_that_do_not_go_together_are_refused(string argument, HandOff handOff, string sentence)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Sidecar.StartAsync(new SidecarOptions { Program = "sh", Arguments = [argument], HandOff = handOff }));
        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_starts_leave_no_zombie_and_no_descriptor()
    {
        await Round(20);
        var before = Directory.GetFiles("/proc/self/fd").Length;
        await Round(100);
        // Threads of the pool come and go with their own.
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 4);
        var zombies = ProcessFamily.AllPids().Count(p => ProcessStat.TryRead(p, out var stat) && stat.HasEnded && stat.Parent == Environment.ProcessId);
        Assert.Equal(0, zombies);

        static async Task Round(int count)
        {
            for (var i = 0; i < count; i++)
                await using (await Sidecar.StartAsync(Shell("sleep 1000") with { HandOff = HandOff.Inherit }))
                {
                }
        }
    }

    private static SidecarOptions Shell(string script) => new() { Program = "sh", Arguments = ["-c", script], ReadyTimeout = Child.Patience };

    private static async Task<SidecarException> Failure(SidecarOptions options)
    {
        var e = await Assert.ThrowsAsync<SidecarException>(() => Sidecar.StartAsync(options));
        // Whatever was started is gone, and so is its group.
        Assert.DoesNotContain(ProcessFamily.AllPids(), p => !LeashPair.Own.Pids.Contains(p) && ProcessStat.TryRead(p, out var stat) && stat.Parent == Environment.ProcessId && !stat.HasEnded && stat.Name is "sh" or "sleep" or "cat");
        return e;
    }
}
