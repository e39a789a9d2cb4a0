using Minato.Torture.Faults;
using Minato.Torture.Staging;

namespace Minato.Torture.Running;

/// <summary>A line every ten seconds.</summary>
internal static class Progress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public static async Task WhileAsync(Task work, TimeSpan time, Schedule schedule, IReadOnlyList<Node> nodes, string histories)
    {
        var began = DateTime.UtcNow;
        while (await Task.WhenAny(work, Task.Delay(Every)) != work)
            Console.WriteLine($"{(DateTime.UtcNow - began).TotalSeconds,6:0} of {time.TotalSeconds:0} s: {schedule.Struck.Values.Sum()} faults, {nodes.Sum(n => n.Server.Starts)} starts, {Directory.GetFiles(histories, "*.history").Sum(f => new FileInfo(f).Length) >> 20} MB of history");
        await work;
    }
}
