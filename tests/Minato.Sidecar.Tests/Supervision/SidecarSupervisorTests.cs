using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class SidecarSupervisorTests
{
    /// <summary>Answers its pid; "crash" as the first bytes ends it with 3; at SIGTERM it takes no more and finishes what it has.</summary>
    private const string Server = """
        import os, signal, socket
        stop = []
        signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
        s = socket.socket(fileno=3) if 'LISTEN_FDS' in os.environ else socket.socket()
        if 'LISTEN_FDS' not in os.environ:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', int(os.environ['PORT'])))
            s.listen()
        s.settimeout(0.02)
        print('up', flush=True)
        while not stop:
            try: c, _ = s.accept()
            except TimeoutError: continue
            c.setblocking(True)
            asked = c.recv(100)
            c.sendall(f'pid {os.getpid()}'.encode())
            c.close()
            if asked == b'crash': os._exit(3)
        """;

    private static readonly RestartPolicy Quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task A_crash_refuses_nobody_where_the_socket_is_handed_over()
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(Options(HandOff.Inherit), Quick);
        var url = supervisor.Url;
        var pids = new HashSet<string> { await Ask(supervisor.Current.Port, "crash") };
        for (var i = 0; i < 4; i++)
            pids.Add(await Ask(supervisor.Current.Port, "crash"));
        Assert.Equal(5, pids.Count);
        Assert.Equal(url, supervisor.Url);
    }

    [Fact]
    public async Task A_reload_drops_nothing_under_clients_that_hammer()
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(Options(HandOff.Inherit), Quick);
        using var end = new CancellationTokenSource();
        var port = supervisor.Current.Port;
        var hammers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var (answers, pids) = (0, new HashSet<string>());
            for (; !end.IsCancellationRequested; answers++)
                pids.Add(await Ask(port, "hello"));
            return (answers, pids);
        })).ToList();
        for (var i = 0; i < 5; i++)
        {
            var before = supervisor.Current.ProcessId;
            await supervisor.ReloadAsync();
            Assert.NotEqual(before, supervisor.Current.ProcessId);
            Assert.Null(ProcessStart.Find(before));
        }
        await end.CancelAsync();
        var results = await Task.WhenAll(hammers);
        Assert.All(results, r => Assert.InRange(r.answers, 1, int.MaxValue));
        Assert.Equal(0, supervisor.Restarts);
        Assert.InRange(results.SelectMany(r => r.pids).Distinct().Count(), 2, 6);
    }

    [Theory]
    [InlineData(HandOff.Reserve)]
    [InlineData(HandOff.Hold)]
    public async Task Without_a_socket_a_restart_and_a_reload_keep_the_port(HandOff handOff)
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(Options(handOff), Quick);
        var (port, first) = (supervisor.Current.Port, supervisor.Current.ProcessId);
        await supervisor.ReloadAsync();
        Assert.Equal(port, supervisor.Current.Port);
        await Ask(port, "crash");
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (supervisor.Restarts == 0 || supervisor.Current.Exited.IsCompleted)
        {
            Assert.True(patience.Elapsed < Child.Patience, "It was not started again.");
            await Task.Delay(5);
        }
        Assert.Equal(port, supervisor.Current.Port);
        Assert.NotEqual($"pid {first}", await Ask(port, "hello"));
    }

    [Fact]
    public async Task A_reload_that_fails_leaves_nobody_without_a_program()
    {
        var flag = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var script = $"import os, sys\nif os.path.exists('{flag}'):\n    os.remove('{flag}'); sys.exit(1)\n" + Server;
        await using var supervisor = await SidecarSupervisor.StartAsync(SidecarTests.Python(script) with { HandOff = HandOff.Reserve, Ready = ReadyProbe.Line("^up$") }, Quick);
        var port = supervisor.Current.Port;
        File.WriteAllText(flag, "");
        Assert.Equal(SidecarFailure.EndedEarly, (await Assert.ThrowsAsync<SidecarException>(() => supervisor.ReloadAsync())).Failure);
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (supervisor.Current.Exited.IsCompleted)
        {
            Assert.True(patience.Elapsed < Child.Patience && !supervisor.Ended.IsCompleted, "Nothing was started again.");
            await Task.Delay(5);
        }
        Assert.StartsWith("pid ", await Ask(port, "hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_fails_again_and_again_is_given_up_with_the_last_lines()
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(
            new SidecarOptions { Program = "sh", Arguments = ["-c", "echo $$ fails; exit 4"], HandOff = HandOff.Inherit }, Quick with { Budget = 3 });
        var e = await Assert.ThrowsAsync<SidecarException>(() => supervisor.Ended.WaitAsync(Child.Patience));
        Assert.Equal((SidecarFailure.GaveUp, new ProcessEnd(4, null)), (e.Failure, e.End));
        Assert.Contains("was started again 3 times within 60 s, and ended with code 4 in the end: it is given up.", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(" fails", Assert.Single(e.LastLines), StringComparison.Ordinal);
        Assert.Equal(3, supervisor.Restarts);
    }

    [Fact]
    public async Task Who_ends_well_is_left_alone_unless_it_is_to_run_always()
    {
        var options = new SidecarOptions { Program = "sh", Arguments = ["-c", "exit 0"], HandOff = HandOff.Inherit };
        await using var once = await SidecarSupervisor.StartAsync(options, Quick);
        Assert.Equal(new ProcessEnd(0, null), await once.Ended.WaitAsync(Child.Patience));
        await using var always = await SidecarSupervisor.StartAsync(options, Quick with { AfterSuccess = true, Budget = 2 });
        await Assert.ThrowsAsync<SidecarException>(() => always.Ended.WaitAsync(Child.Patience));
        Assert.Equal((0, 2), (once.Restarts, always.Restarts));
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_a_pause_ends_it()
    {
        var supervisor = await SidecarSupervisor.StartAsync(Options(HandOff.Inherit), new RestartPolicy { FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) });
        await Ask(supervisor.Current.Port, "crash");
        await supervisor.Current.Exited.WaitAsync(Child.Patience);
        await supervisor.DisposeAsync().AsTask().WaitAsync(Child.Patience);
        Assert.Equal(new ProcessEnd(3, null), await supervisor.Ended);
    }

    [Fact]
    public async Task Who_is_not_to_be_started_again_ends_in_its_own_time()
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(Options(HandOff.Inherit), Quick);
        supervisor.StopRestarting();
        await Ask(supervisor.Current.Port, "hello");
        Assert.False(supervisor.Ended.IsCompleted);
        await Ask(supervisor.Current.Port, "crash");
        Assert.Equal(new ProcessEnd(3, null), await supervisor.Ended.WaitAsync(Child.Patience));
        Assert.Equal(0, supervisor.Restarts);
    }

    [Fact]
    public async Task A_pause_is_told_and_is_over_when_there_is_to_be_no_restart()
    {
        var told = new TaskCompletionSource<(ProcessEnd, TimeSpan)>();
        var hour = TimeSpan.FromHours(1);
        await using var supervisor = await SidecarSupervisor.StartAsync(
            Options(HandOff.Inherit), new RestartPolicy { FirstPause = hour, LongestPause = hour, OnPause = (end, pause) => told.SetResult((end, pause)) });
        await Ask(supervisor.Current.Port, "crash");
        var (end, pause) = await told.Task.WaitAsync(Child.Patience);
        Assert.Equal(new ProcessEnd(3, null), end);
        Assert.InRange(pause, hour / 2, hour);
        supervisor.StopRestarting();
        Assert.Equal(end, await supervisor.Ended.WaitAsync(Child.Patience));
    }

    [Fact]
    public async Task A_stop_between_the_end_of_a_pause_and_the_start_wins()
    {
        SidecarSupervisor? stopped = null;
        var started = 0;
        var options = Options(HandOff.Inherit) with { OnStarted = _ => started++ };
        await using var supervisor = await SidecarSupervisor.StartAsync(options, Quick with { OnPauseOver = () => stopped!.StopRestarting() });
        stopped = supervisor;
        await Ask(supervisor.Current.Port, "crash");
        Assert.Equal(new ProcessEnd(3, null), await supervisor.Ended.WaitAsync(Child.Patience));
        Assert.Equal((0, 1), (supervisor.Restarts, started));
    }

    [Fact]
    public async Task Who_is_ready_again_is_told()
    {
        var told = new TaskCompletionSource<Sidecar>();
        await using var supervisor = await SidecarSupervisor.StartAsync(Options(HandOff.Inherit), Quick with { OnStartedAgain = told.SetResult });
        await Ask(supervisor.Current.Port, "crash");
        Assert.Same(await told.Task.WaitAsync(Child.Patience), supervisor.Current);
    }

    [Fact]
    public void Pauses_double_up_to_a_bound_and_begin_anew_after_a_good_run()
    {
        var time = new Minato.Tests.Kit.ManualTime();
        var policy = new RestartPolicy { FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(4), Budget = 100 };
        var budget = new RestartBudget(policy, time);
        double Next(double lived) => budget.Take(TimeSpan.FromSeconds(lived))!.Value.TotalSeconds;
        Assert.InRange(Next(0), 0.5, 1);
        Assert.InRange(Next(0), 1, 2);
        Assert.InRange(Next(0), 2, 4);
        Assert.InRange(Next(0), 2, 4);
        Assert.InRange(Next(10), 0.5, 1);
    }

    [Fact]
    public void A_budget_is_for_its_time()
    {
        var time = new Minato.Tests.Kit.ManualTime();
        var budget = new RestartBudget(new RestartPolicy { Budget = 2 }, time);
        Assert.NotNull(budget.Take(TimeSpan.Zero));
        Assert.NotNull(budget.Take(TimeSpan.Zero));
        Assert.Null(budget.Take(TimeSpan.Zero));
        time.Leap(TimeSpan.FromDays(1)); // by the clock on the wall, which is not asked
        Assert.Null(budget.Take(TimeSpan.Zero));
        time.Advance(TimeSpan.FromSeconds(61));
        time.Leap(TimeSpan.FromDays(-2));
        Assert.NotNull(budget.Take(TimeSpan.Zero));
    }

    private static SidecarOptions Options(HandOff handOff) =>
        SidecarTests.Python(Server) with { HandOff = handOff, Ready = ReadyProbe.Line("^up$") };

    private static async Task<string> Ask(int port, string what)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(what));
        var buffer = new byte[100];
        var read = await socket.ReceiveAsync(buffer).WaitAsync(Child.Patience);
        Assert.NotEqual(0, read);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, read);
    }
}
