using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.Sidecar.Tests;

/// <summary>Real programs, started by each hand-off.</summary>
public sealed class SidecarTests
{
    [Theory]
    [InlineData(HandOff.Reserve)]
    [InlineData(HandOff.Hold)]
    public async Task A_program_that_is_told_its_port_is_ready_when_it_listens(HandOff handOff)
    {
        await using var sidecar = await Sidecar.StartAsync(Python(Serve, "{port}") with { HandOff = handOff });
        Assert.Equal($"http://127.0.0.1:{sidecar.Port}", sidecar.Url);
        Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
    }

    [Fact]
    public async Task The_port_stands_in_PORT_where_no_placeholder_asks_for_it()
    {
        await using var sidecar = await Sidecar.StartAsync(Python("import os, sys; sys.argv[1:] = [os.environ['PORT']]\n" + Serve));
        Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
    }

    [Fact]
    public async Task A_socket_that_is_handed_over_is_the_programs_third_descriptor_and_nobody_elses()
    {
        await using var sidecar = await Sidecar.StartAsync(Python("""
            import os, socket, sys
            assert os.environ['LISTEN_PID'] == str(os.getpid()) and os.environ['LISTEN_FDS'] == '1'
            open_ones = sorted(int(d) for d in os.listdir('/proc/self/fd'))
            s = socket.socket(fileno=int(sys.argv[1]))
            while True:
                c, _ = s.accept()
                c.sendall(f'pid {os.getpid()} {open_ones[:-1]}'.encode())
                c.close()
            """, "{fd}"));
        Assert.Equal($"pid {sidecar.ProcessId} [0, 1, 2, 3]", await Ask(sidecar));
    }

    [Fact]
    public async Task Early_clients_wait_in_the_backlog_of_a_socket_that_is_handed_over()
    {
        await using var sidecar = await Sidecar.StartAsync(Python("""
            import os, socket, time
            time.sleep(0.3)
            s = socket.socket(fileno=3)
            c, _ = s.accept()
            c.sendall(b'late'); c.close()
            time.sleep(60)
            """) with
        { HandOff = HandOff.Inherit });
        Assert.Equal("late", await Ask(sidecar));
    }

    [Theory]
    [InlineData(@"serving on (?<port>\d+)", "print('serving on', s.getsockname()[1], flush=True)")]
    [InlineData(@"^(?<url>http://\S+)$", "print(f'http://127.0.0.1:{s.getsockname()[1]}', flush=True)")]
    [InlineData(@"serving on (?<port>\d+)", "print('serving on', s.getsockname()[1], file=sys.stderr, flush=True)")]
    public async Task A_program_that_binds_by_itself_says_where(string pattern, string say)
    {
        await using var sidecar = await Sidecar.StartAsync(Python(Serve.Replace("#ready", say), "0") with { Ready = ReadyProbe.Line(pattern) });
        Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
    }

    [Theory]
    [InlineData("print(s.getsockname()[1], file=open(path, 'w'))")]
    [InlineData("import json; json.dump({'ready': True, 'port': s.getsockname()[1]}, open(path, 'w'))")]
    [InlineData("open(path + '.new', 'w').write(f'http://127.0.0.1:{s.getsockname()[1]}/'); os.rename(path + '.new', path)")]
    public async Task A_ready_file_says_where(string write)
    {
        await using var sidecar = await Sidecar.StartAsync(
            Python(Serve.Replace("#ready", $"path = sys.argv[2]; {write}"), "0", "{ready_file}") with { Ready = ReadyProbe.File(), HandOff = HandOff.Report });
        Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
    }

    [Fact]
    public async Task A_program_may_notify_as_under_systemd()
    {
        const string Notify = "n = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); n.sendto(b'STATUS=up\\nREADY=1', os.environ['NOTIFY_SOCKET'])";
        await using var sidecar = await Sidecar.StartAsync(Python(Serve.Replace("#ready", Notify), "{port}") with { Ready = ReadyProbe.Notify });
        Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
    }

    [Fact]
    public async Task A_program_is_ready_when_it_answers_well_over_HTTP()
    {
        await using var sidecar = await Sidecar.StartAsync(Python("""
            import http.server, sys
            class H(http.server.BaseHTTPRequestHandler):
                asked = 0
                def do_GET(self):
                    H.asked += 1
                    self.send_response(503 if H.asked < 3 else 200); self.end_headers(); self.wfile.write(f'{self.path} {H.asked}'.encode())
            http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
            """, "{port}") with
        { Ready = ReadyProbe.Http("/health") });
        using var http = new HttpClient();
        Assert.Equal("/x 4", await http.GetStringAsync(sidecar.Url + "/x"));
    }

    [Fact]
    public async Task A_listener_of_a_shell_that_was_named_is_ours_and_so_is_one_that_left_its_group()
    {
        var script = Quote(Serve);
        await using var wrapped = await Sidecar.StartAsync(new SidecarOptions { Program = "sh", Arguments = ["-c", $"python3 -c {script} {{port}}; true"] });
        var escaped = await Sidecar.StartAsync(new SidecarOptions { Program = "sh", Arguments = ["-c", $"setsid python3 -c {script} {{port}} & sleep 60"] });
        Assert.NotEqual($"pid {wrapped.ProcessId}", await Ask(wrapped));
        var escapee = int.Parse((await Ask(escaped))[4..]);
        Assert.NotEqual(escaped.ProcessId, escapee);
        await escaped.DisposeAsync();
        Assert.Null(ProcessStart.Find(escapee));
    }

    [Fact]
    public async Task A_thief_on_the_port_is_told_nothing_and_another_port_is_tried()
    {
        // The first attempt finds its port taken by somebody else's program, as if it had been faster.
        using var thief = Child.StartPython(Child.HoldPort, "127.0.0.1");
        var stolen = await thief.ReadNumber();
        var folder = Directory.CreateTempSubdirectory("minato-thief-");
        var script = $"import os, sys, socket, time\nif not os.path.exists('{folder}/once'):\n    open('{folder}/once', 'w'); time.sleep(60)\n" + Serve;
        try
        {
            var grant = new PortGrant(HandOff.Reserve, new IPEndPoint(IPAddress.Loopback, stolen), null, null, null);
            var plan = LaunchPlan.Make(Python(script, "{port}"));
            var failure = await Assert.ThrowsAsync<SidecarException>(() => Launch.RunAsync(plan, grant, ownsGrant: true, default));
            Assert.Equal(SidecarFailure.PortTaken, failure.Failure);
            Assert.Contains($"python3 (pid {thief.Pid}) listens there. Nothing was sent to it.", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_program_whose_port_was_taken_is_started_again_with_another_one()
    {
        var folder = Directory.CreateTempSubdirectory("minato-taken-");
        try
        {
            // A thief in the program's own place: takes the port for a moment, outside of the family, and the program ends as it would.
            var script = $"import os, sys\nif not os.path.exists('{folder}/once'):\n    open('{folder}/once', 'w').write(sys.argv[1]); sys.exit('OSError: [Errno 98] Address already in use')\n" + Serve;
            await using var sidecar = await Sidecar.StartAsync(Python(script, "{port}"));
            Assert.NotEqual(File.ReadAllText($"{folder}/once"), sidecar.Port.ToString());
            Assert.Equal($"pid {sidecar.ProcessId}", await Ask(sidecar));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Stopping_is_gentle_first()
    {
        var sidecar = await Sidecar.StartAsync(Python("import signal\nsignal.signal(signal.SIGTERM, lambda *_: (print('bye', flush=True), sys.exit(7)))\n" + Serve, "{port}"));
        await sidecar.StopAsync();
        Assert.Equal(new ProcessEnd(7, null), await sidecar.Exited);
        await sidecar.DisposeAsync();
        Assert.Equal(["bye"], sidecar.Logs.Tail());
    }

    [Fact]
    public async Task Whoever_does_not_listen_to_that_is_ended_with_all_of_its_group()
    {
        var sidecar = await Sidecar.StartAsync(Python("""
            import signal, subprocess, sys
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            print(subprocess.Popen(['sleep', '1000'], preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN)).pid, flush=True)

            """ + Serve, "{port}") with
        { StopTimeout = TimeSpan.FromMilliseconds(200) });
        var grandchild = int.Parse(sidecar.Logs.Tail()[0]);
        Assert.NotNull(ProcessStart.Find(grandchild));
        await sidecar.DisposeAsync();
        Assert.Equal(new ProcessEnd(null, 9), await sidecar.Exited);
        Assert.Null(ProcessStart.Find(grandchild));
    }

    [Fact]
    public async Task What_a_program_leaves_of_its_group_ends_with_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        var end = Path.Combine(folder.FullName, "end");
        await using var sidecar = await Sidecar.StartAsync(Python("""
            import subprocess, sys, threading, os, time
            print(subprocess.Popen(['sleep', '1000']).pid, flush=True)
            def end():
                while not os.path.exists(sys.argv[2]):
                    time.sleep(0.01)
                os._exit(3)
            threading.Thread(target=end).start()

            """ + Serve, "{port}", end));
        await File.WriteAllTextAsync(end, "");
        Assert.Equal(new ProcessEnd(3, null), await sidecar.Exited.WaitAsync(Child.Patience));
        Assert.Null(ProcessStart.Find(int.Parse(sidecar.Logs.Tail()[0])));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_meant_for_the_host_alone_is_not_handed_on()
    {
        Environment.SetEnvironmentVariable("MINATO_TOKEN", "secret");
        try
        {
            var script = "import os; print(os.environ.get('MINATO_TOKEN', 'none'), os.environ.get('MINATO_METRICS_TOKEN', 'none'), flush=True)\n" + Serve;
            await using var plain = await Sidecar.StartAsync(Python(script, "{port}"));
            await using var named = await Sidecar.StartAsync(Python(script, "{port}") with { Environment = new Dictionary<string, string?> { ["MINATO_METRICS_TOKEN"] = "meant" } });
            Assert.Equal(("none none", "none meant"), (plain.Logs.Tail()[0], named.Logs.Tail()[0]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("MINATO_TOKEN", null);
        }
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var pid = new TaskCompletionSource<int>();
        var starting = Sidecar.StartAsync(
            Python("import os, time; print(os.getpid(), flush=True); time.sleep(1000)") with { OnLine = line => pid.SetResult(int.Parse(line)) }, cancel.Token);
        var started = await pid.Task.WaitAsync(Child.Patience);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Null(ProcessStart.Find(started));
    }

    internal const string Serve = """
        import os, socket, sys
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(('127.0.0.1', int(sys.argv[1])))
        s.listen()
        #ready
        while True:
            c, _ = s.accept()
            c.sendall(f'pid {os.getpid()}'.encode())
            c.close()
        """;

    internal static SidecarOptions Python(string script, params string[] arguments) =>
        new() { Program = "python3", Arguments = ["-c", script.ReplaceLineEndings("\n"), .. arguments], ReadyTimeout = Child.Patience };

    internal static async Task<string> Ask(Sidecar sidecar)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, sidecar.Port);
        var buffer = new byte[1024];
        var length = 0;
        for (int read; (read = await socket.ReceiveAsync(buffer.AsMemory(length))) > 0;)
            length += read;
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''") + "'";
}
