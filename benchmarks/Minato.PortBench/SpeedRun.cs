using System.Diagnostics;
using System.Globalization;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.PortBench;

/// <summary>What the care costs, beside the bare way, round by round in one run.</summary>
internal static class SpeedRun
{
    private const int Held = 1_000;

    internal static async Task<int> RunAsync(int rounds)
    {
        Leases(rounds);
        await StartsAsync(rounds);
        await ProbesAsync(Math.Max(10, rounds / 10));
        return 0;
    }

    private static void Leases(int rounds)
    {
        var held = Enumerable.Range(0, Held).Select(_ => Port.Reserve()).ToList();
        var (bare, lease) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            bare.Add(Time(() => Children.BindCloseAndPass()));
            lease.Add(Time(() => Port.Reserve().Dispose()));
        }
        held.ForEach(l => l.Dispose());
        Row($"a lease, {Held} being held, beside bind and close", lease, bare);
    }

    private static async Task StartsAsync(int rounds)
    {
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            using (var process = Process.Start(new ProcessStartInfo("sleep", ["1000"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!)
            {
                bare.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                process.Kill();
                await process.WaitForExitAsync();
            }
            clock = Stopwatch.GetTimestamp();
            await using (await SidecarProcess.StartAsync(new SidecarOptions { Program = "sleep", Arguments = ["1000"], Ready = ReadyProbe.None, AnyOwner = true }))
                ours.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        Row("starting through the library, a lease included, beside Process.Start", ours, bare);
    }

    private static async Task ProbesAsync(int rounds)
    {
        Console.WriteLine();
        Console.WriteLine("| from listen(2) to noticed, and the owner proven | p50 ms | p99 ms |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, probe) in (ReadOnlySpan<(string, ReadyProbe)>)
            [("line", ReadyProbe.Line("^[0-9]+$")), ("file", ReadyProbe.File()), ("notify", ReadyProbe.Notify), ("tcp", ReadyProbe.Tcp), ("http", ReadyProbe.Http())])
        {
            var times = ProbeAsync(probe, rounds).GetAwaiter().GetResult();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Percentile(times, 0.5):0.0} | {Percentile(times, 0.99):0.0} |"));
        }
        await Task.CompletedTask;
    }

    private static async Task<List<double>> ProbeAsync(ReadyProbe probe, int rounds)
    {
        const string Script = """
            import http.server, os, socket, time
            class H(http.server.BaseHTTPRequestHandler):
                def do_GET(self): self.send_response(204); self.end_headers()
                def log_message(self, *a): pass
            s = http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), H)
            print(time.time_ns(), flush=True)
            if 'MINATO_READY_FILE' in os.environ: open(os.environ['MINATO_READY_FILE'], 'w').write('ready')
            if 'NOTIFY_SOCKET' in os.environ: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'READY=1', os.environ['NOTIFY_SOCKET'])
            s.serve_forever()
            """;
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            await using var sidecar = await SidecarProcess.StartAsync(new SidecarOptions { Program = "python3", Arguments = ["-c", Script], Ready = probe });
            var noticed = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            while (sidecar.Logs.Tail(1).Count == 0)
                await Task.Yield();
            times.Add(noticed - long.Parse(sidecar.Logs.Tail()[0], CultureInfo.InvariantCulture) / 1e6);
        }
        return times;
    }

    private static double Time(Action action)
    {
        var clock = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    private static void Row(string what, List<double> ours, List<double> bare) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: p50 {Percentile(ours, 0.5):0.000} beside {Percentile(bare, 0.5):0.000} ms, p99 {Percentile(ours, 0.99):0.000} beside {Percentile(bare, 0.99):0.000} ms"));

    private static double Percentile(List<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
    }
}
