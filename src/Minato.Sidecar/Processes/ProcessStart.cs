using System.ComponentModel;
using System.Diagnostics;

namespace Minato.Sidecar;

/// <summary>When a process started, in a unit of the platform's: good for telling two processes of one pid apart.</summary>
internal static class ProcessStart
{
    /// <summary>Null when no process has this pid any more.</summary>
    public static long? Find(int pid)
    {
        if (OperatingSystem.IsLinux())
            return ProcessStat.TryRead(pid, out var stat) && !stat.HasEnded ? stat.StartTicks : null;
        try
        {
            using var process = Process.GetProcessById(pid); // untested
            return process.StartTime.Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return 0; // alive, and not ours to inspect
        }
    }
}
