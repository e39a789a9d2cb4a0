using System.Globalization;

namespace Minato.Load.Nodes;

/// <summary>Processor time as the kernel counts it: nanoseconds of who lives, hundredths of a second of who has ended.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    /// <summary>Of a process, its children, and those of them that it has outlived. Each has one thread.</summary>
    internal static TimeSpan OfTree(int root)
    {
        var (total, ended) = (0L, 0L);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
                try
                {
                    // pid (name) state parent …; 13 and 14 words after the name are the ticks of children that were waited for.
                    var stat = File.ReadAllText($"{folder}/stat");
                    var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    if (process == root)
                        ended = long.Parse(words[13], CultureInfo.InvariantCulture) + long.Parse(words[14], CultureInfo.InvariantCulture);
                    else if (int.Parse(words[1], CultureInfo.InvariantCulture) != root)
                        continue;
                    total += long.Parse(File.ReadAllText($"{folder}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
                }
                catch (IOException)
                {
                    // It has just ended.
                }
        return TimeSpan.FromMicroseconds(total / 1000.0) + TimeSpan.FromSeconds((double)ended / TicksPerSecond);
    }
}
