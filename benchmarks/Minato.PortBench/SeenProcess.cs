using Minato.Sidecar;

namespace Minato.PortBench;

/// <summary>One process for ever: a pid alone is reused.</summary>
internal readonly record struct SeenProcess(int Pid, long Start)
{
    internal static SeenProcess? Of(int pid) => ProcessStat.TryRead(pid, out var stat) && !stat.HasEnded ? new SeenProcess(pid, stat.StartTicks) : null;

    /// <summary>A zombie is not alive: it runs nothing, and only waits for its parent to notice.</summary>
    internal bool IsAlive => ProcessStat.TryRead(Pid, out var stat) && !stat.HasEnded && stat.StartTicks == Start;

    /// <summary>Everyone alive who has this in the environment with which it was started.</summary>
    internal static List<SeenProcess> AllWith(string variable) =>
        [.. ProcessFamily.AllPids().Where(pid => Carries(pid, variable)).Select(Of).OfType<SeenProcess>()];

    /// <summary>By a handle, so that nobody else is met who has the pid by now.</summary>
    internal void Kill()
    {
        _ = ProcessHandle.TryOpen(Pid, out var handle);
        using (handle)
        {
            if (IsAlive)
                handle?.Signal(9);
        }
    }

    private static bool Carries(int pid, string variable)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains(variable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
