using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary>What the program that started this server wants of it.</summary>
/// <param name="ReadyJson">Whether the first line of stdout is JSON.</param>
/// <param name="ReadyFile">Where to write the same, with the launch token.</param>
/// <param name="ExitWithParent">Whether to end when stdin closes.</param>
/// <param name="ParentPid">End when this process ends.</param>
/// <param name="ShutdownDelay">How long to serve on once asked to end, while /readyz says so. For a host that is gone nobody waits.</param>
internal sealed record HostContract(bool ReadyJson, string? ReadyFile, bool ExitWithParent, int? ParentPid, TimeSpan ShutdownDelay)
{
    /// <summary>Completes when the host is gone; never when nobody asked for that.</summary>
    /// <exception cref="InvalidOperationException">stdin is neither a pipe nor a socket.</exception>
    internal Task WatchParent() =>
        ParentPid is { } pid ? ParentWatch.WhenProcessEnds(pid)
        : ExitWithParent ? ParentWatch.WhenStandardInputCloses()
        : new TaskCompletionSource().Task;
}
