using System.Globalization;

namespace Minato.Sidecar;

/// <summary>
/// What /proc/PID/stat says (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html): pid (name) state … start time.
/// Pid and start time together are one process for ever; a pid alone is reused.
/// </summary>
/// <param name="Name">At most 15 bytes; the main thread may have changed it.</param>
/// <param name="HasEnded">True for a zombie: ended, and not yet noticed by its parent.</param>
/// <param name="Parent">0 for the first process, and for one whose parent is in another container.</param>
/// <param name="Group">The process group.</param>
/// <param name="StartTicks">Clock ticks after the start of the machine.</param>
internal readonly record struct ProcessStat(string Name, bool HasEnded, int Parent, int Group, long StartTicks)
{
    /// <summary>False when there is no such process, or when it may not be seen.</summary>
    public static bool TryRead(int pid, out ProcessStat stat)
    {
        stat = default;
        try
        {
            return TryParse(File.ReadAllText($"/proc/{pid}/stat"), out stat);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static bool TryParse(string text, out ProcessStat stat)
    {
        stat = default;
        var open = text.IndexOf('(');
        var close = text.LastIndexOf(')'); // the name may contain brackets and spaces itself
        if (open < 0 || close < open)
            return false;

        // After the name: state is field 3, the parent 4, the group 5, the start time 22.
        var fields = text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20 || !long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var group))
        {
            return false;
        }

        stat = new ProcessStat(text[(open + 1)..close], fields[0] is "Z" or "X", parent, group, start);
        return true;
    }

    /// <summary>To a second: the machine's own start is known no better. Null when /proc/stat cannot be read.</summary>
    public DateTimeOffset? StartedAt()
    {
        try
        {
            return TryParseBootTime(File.ReadLines("/proc/stat"), out var boot)
                ? boot + TimeSpan.FromSeconds((double)StartTicks / Libc.ClockTicksPerSecond)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static bool TryParseBootTime(IEnumerable<string> lines, out DateTimeOffset boot)
    {
        boot = default;
        var line = lines.FirstOrDefault(l => l.StartsWith("btime ", StringComparison.Ordinal));
        if (line is null || !uint.TryParse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        boot = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
