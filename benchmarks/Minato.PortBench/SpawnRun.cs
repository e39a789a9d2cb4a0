using System.Globalization;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.PortBench;

/// <summary>Very many starts and ends in one process leave nothing behind.</summary>
internal static class SpawnRun
{
    /// <summary>What the last ones still hold; a leak would grow with the count.</summary>
    private const int FewFiles = 16;

    internal static async Task<int> RunAsync(int count)
    {
        var options = new SidecarOptions { Program = "sleep", Arguments = ["1000"], HandOff = HandOff.Inherit };
        // The first ones load what every process loads once.
        await StartAndEndAsync(options, Math.Min(count, 100));
        var (files, memory) = (Files(), Memory());
        await StartAndEndAsync(options, count);
        var (filesAfter, memoryAfter, zombies) = (Files(), Memory(), Zombies());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} starts and ends: {zombies} zombies, descriptors {files} before and {filesAfter} after, memory {(double)memoryAfter / memory:0.00} × what it was after the first hundred"));
        return zombies == 0 && filesAfter <= files + FewFiles && memoryAfter < memory * 1.5 ? 0 : 1;
    }

    private static async Task StartAndEndAsync(SidecarOptions options, int count)
    {
        for (var i = 0; i < count; i++)
            await using (await SidecarProcess.StartAsync(options))
            {
            }
        GC.Collect();
    }

    private static int Files() => Directory.GetFiles("/proc/self/fd").Length;

    private static long Memory() => Environment.WorkingSet;

    private static int Zombies() => Directory.EnumerateDirectories("/proc").Count(IsZombieOfOurs);

    private static bool IsZombieOfOurs(string folder)
    {
        try
        {
            var fields = File.ReadAllText(Path.Combine(folder, "stat"));
            var rest = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
            return rest[0] == "Z" && rest[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
