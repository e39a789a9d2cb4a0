using System.Diagnostics;
using System.Globalization;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.PortBench;

/// <summary>One host that starts a tree which does what it can to get away, and is killed; and what is left of the tree.</summary>
internal static class KilledHost
{
    private const string Marker = "MINATO_ORPHAN_RUN";

    /// <summary>In the tree: itself; a child, and one that ignores every request to end; two in groups of their own; who called setsid, with a child; a daemon that lost its parents, with a child.</summary>
    internal const int TreeSize = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(2);

    // Each writes its pid and start time before it does anything else: who is killed before that has not lived.
    private const string Tree = """
        import os, signal, sys, time
        log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
        def say():
            stat = open('/proc/self/stat').read()
            os.write(log, f"{os.getpid()} {stat[stat.rindex(')') + 2:].split()[19]}\n".encode())
        def child(*acts):
            if os.fork(): return
            try:
                say()
                for act in acts: act()
                os.execvp('sleep', ['sleep', '1000'])
            finally: os._exit(1)
        def deaf():
            for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(s, signal.SIG_IGN)
        def group(): os.setpgid(0, 0)
        def daemon():
            if os.fork(): os._exit(0)
            os.setsid()
            if os.fork(): os._exit(0)
            say()
            deaf()
        say()
        deaf()
        child()
        child(deaf)
        child(group, lambda: child(group))
        child(os.setsid, lambda: child())
        middle = os.fork()
        if not middle:
            daemon()
            child()
            os.execvp('sleep', ['sleep', '1000'])
        os.waitpid(middle, 0)
        while True: time.sleep(1000)
        """;

    /// <summary>How a host is ended, and who with it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="leashes">Its leashes.</param>
    internal delegate Task Death(ProcessHandle host, IReadOnlyList<ProcessHandle> leashes);

    /// <param name="Started">Of the tree, by its own words.</param>
    /// <param name="Left">Alive a second after the host's end, whether it had said so or not.</param>
    /// <param name="Stays">Of those: who is alive still when nobody would wait any longer, where nobody may be.</param>
    /// <param name="LastDeath">From the host's end to the first look that found nobody alive, ms; a second where somebody was left.</param>
    internal sealed record Result(int Started, int Left, int Stays, double LastDeath);

    /// <summary>What the host is: it starts the tree, and waits to be killed.</summary>
    internal static async Task<int> BeHostAsync(string log)
    {
        Console.WriteLine("starting");
        await using var sidecar = await SidecarProcess.StartAsync(new SidecarOptions
        {
            Program = "python3",
            Arguments = ["-c", Tree, log],
            HandOff = HandOff.Inherit,
            Environment = new Dictionary<string, string?> { [Marker] = Path.GetFileName(log) },
        });
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <param name="whenWhole">Whether it is killed once the whole tree stands; else while that comes up, at a moment of chance.</param>
    /// <param name="nobodyMayStay">Whether who is left after a second is looked at for longer: a busy machine may take its time.</param>
    internal static async Task<Result> RunAsync(Death death, bool whenWhole, bool nobodyMayStay)
    {
        var log = Path.GetTempFileName();
        using var host = Children.Start("orphans", log);
        try
        {
            await host.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            var stand = whenWhole ? TreeSize : Random.Shared.Next(TreeSize);
            if (stand == 0)
                await Task.Delay(Random.Shared.Next(250));
            else
                await UntilAsync(() => Read(log).Count >= stand);
            return await LookAsync(log, await KillAsync(host.Id, death), nobodyMayStay);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
            SeenProcess.AllWith($"{Marker}={Path.GetFileName(log)}").Concat(Read(log)).ToList().ForEach(p => p.Kill());
            File.Delete(log);
        }
    }

    /// <summary>The timestamp of its end.</summary>
    private static async Task<long> KillAsync(int host, Death death)
    {
        var leashes = Leashes(host).Select(Open).ToList();
        using var handle = Open(host);
        await death(handle, leashes);
        var clock = Stopwatch.GetTimestamp();
        leashes.ForEach(l => l.Dispose());
        return clock;
    }

    private static async Task<Result> LookAsync(string log, long clock, bool nobodyMayStay)
    {
        TimeSpan? gone = null;
        while (Stopwatch.GetElapsedTime(clock) < Claim)
        {
            gone = Read(log).Exists(p => p.IsAlive) ? null : gone ?? Stopwatch.GetElapsedTime(clock);
            await Task.Delay(LookInterval);
        }
        var left = CountAlive(log);
        var stays = left;
        while (nobodyMayStay && stays > 0 && Stopwatch.GetElapsedTime(clock) < Patience)
        {
            await Task.Delay(LookInterval);
            stays = CountAlive(log);
        }
        return new Result(Read(log).Count, left, stays, (gone ?? Claim).TotalMilliseconds);
    }

    private static int CountAlive(string log) => Read(log).Where(p => p.IsAlive).Union(SeenProcess.AllWith($"{Marker}={Path.GetFileName(log)}")).Count();

    // By the name that it gives itself.
    private static IEnumerable<int> Leashes(int host) =>
        ProcessFamily.AllPids().Where(pid => ProcessStat.TryRead(pid, out var stat) && stat.Parent == host && !stat.HasEnded && File.ReadAllText($"/proc/{pid}/cmdline").StartsWith($"{Leash.Name}\0", StringComparison.Ordinal));

    private static ProcessHandle Open(int pid) =>
        ProcessHandle.TryOpen(pid, out var handle) && handle is not null ? handle : throw new InvalidOperationException($"Process {pid} cannot be held.");

    private static List<SeenProcess> Read(string log) =>
        [.. File.ReadAllLines(log).Select(l => l.Split(' ')).Where(w => w.Length == 2).Select(w => new SeenProcess(int.Parse(w[0], CultureInfo.InvariantCulture), long.Parse(w[1], CultureInfo.InvariantCulture)))];

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var clock = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(clock) > Patience)
                throw new TimeoutException("The tree did not come up.");
            await Task.Delay(LookInterval);
        }
    }
}
