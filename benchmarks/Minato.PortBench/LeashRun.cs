using System.Diagnostics;
using System.Globalization;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.PortBench;

/// <summary>What the leash costs, beside hosts that have none.</summary>
internal static class LeashRun
{
    private const int Kilobyte = 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>One pipe's end for each leash.</summary>
    private const int MostDescriptors = 2;

    /// <summary>KiB resident of both together that nothing else in memory shares.</summary>
    private const long MostOfItsOwn = 4 * Kilobyte;

    internal static async Task<int> RunAsync(int hosts, int starts)
    {
        var (with, none) = (new List<HostCost>(), new List<HostCost>());
        for (var i = 0; i < hosts; i++)
        {
            with.Add(await OneAsync("with", starts));
            none.Add(await OneAsync("none", starts));
            Console.Error.WriteLine($"{i + 1} of {hosts}");
        }
        // Upper bounds: what any start loads once is counted as the leash's here, because it comes first.
        Compare("a host's first start, ms", with.Select(c => c.Leash + c.First), with.Select(c => c.First), "0.0");
        Compare($"each of {starts} later ones, ms", with.Select(c => c.Later), none.Select(c => c.Later), "0.000");
        return Rest(starts) ? 0 : 1;
    }

    /// <summary>What a host is: it starts programs, and says what that took.</summary>
    /// <param name="starts">After the first one.</param>
    internal static async Task<int> BeHostAsync(bool hasLeash, int starts)
    {
        var clock = Stopwatch.GetTimestamp();
        LeashPair.Own.BeThere();
        var leash = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        clock = Stopwatch.GetTimestamp();
        await StartAsync();
        var first = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        // Who ends them again and again has none in the end.
        while (!hasLeash && LeashPair.Own.Pids is [var pid, ..])
            SeenProcess.Of(pid)?.Kill();
        clock = Stopwatch.GetTimestamp();
        for (var i = 0; i < starts; i++)
            await StartAsync();
        var later = Stopwatch.GetElapsedTime(clock).TotalMilliseconds / starts;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{leash} {first} {later}"));
        return 0;
    }

    /// <summary>Milliseconds.</summary>
    private readonly record struct HostCost(double Leash, double First, double Later);

    private static async Task<HostCost> OneAsync(string how, int starts)
    {
        using var host = Children.Start("leash", how, starts.ToString(CultureInfo.InvariantCulture));
        var said = (await host.StandardOutput.ReadToEndAsync()).Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToList();
        await host.WaitForExitAsync();
        return new HostCost(said[0], said[1], said[2]);
    }

    /// <summary>Memory, descriptors and processor time, in this process; whether they are as small as they are said to be.</summary>
    private static bool Rest(int starts)
    {
        var before = Descriptors();
        LeashPair.Own.BeThere();
        var descriptors = Descriptors() - before;
        var pids = LeashPair.Own.Pids;
        var settled = Settled(pids); // a shell reads its script first
        Thread.Sleep(Idle);
        var idle = pids.Sum(Processor) - settled;
        settled = pids.Sum(Processor);
        for (var i = 0; i < starts; i++)
            StartAsync().GetAwaiter().GetResult();
        var busy = (Settled(pids) - settled) / 1e3 / starts;
        var (resident, share, own) = (pids.Sum(p => Memory(p, "Rss")), pids.Sum(p => Memory(p, "Pss")), pids.Sum(p => Memory(p, "Private_Dirty") + Memory(p, "Private_Clean")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pids.Count} processes: {resident} KiB resident, {share} KiB their share of it, {own} KiB nobody else's; descriptors of the host {descriptors}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time of both: {idle / 1e3:0} µs in {Idle.TotalSeconds:0} idle seconds, {busy:0.0} µs for each start and end"));
        var isHeld = idle == 0 && own <= MostOfItsOwn && descriptors <= MostDescriptors && pids.Count == 2;
        Console.WriteLine(isHeld ? "It is as cheap as it is said to be." : "It costs more than is said of it.");
        return isHeld;
    }

    /// <summary>Their processor time once a second adds nothing to it; after so many seconds whatever it is by then.</summary>
    private static long Settled(IReadOnlyList<int> pids)
    {
        var (was, now) = (-1L, pids.Sum(Processor));
        for (var looks = 0; now != was && looks < 30; looks++)
        {
            Thread.Sleep(Idle / 5);
            (was, now) = (now, pids.Sum(Processor));
        }
        return now;
    }

    private static async Task StartAsync()
    {
        await using (await SidecarProcess.StartAsync(new SidecarOptions { Program = "sleep", Arguments = ["1000"], HandOff = HandOff.Inherit }))
        {
        }
    }

    // Without the libraries that the runtime maps when they are first used.
    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);

    // Nanoseconds on a processor: https://docs.kernel.org/scheduler/sched-stats.html
    private static long Processor(int pid) => long.Parse(File.ReadAllText($"/proc/{pid}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);

    private static long Memory(int pid, string field) => long.Parse(
        File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith($"{field}:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static void Compare(string what, IEnumerable<double> with, IEnumerable<double> none, string format)
    {
        var (one, other) = (new Distribution(with), new Distribution(none));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 {one.At(0.5).ToString(format, CultureInfo.InvariantCulture)} beside {other.At(0.5).ToString(format, CultureInfo.InvariantCulture)} without ({one.At(0.5) / other.At(0.5):0.00} ×)"));
    }
}
