using System.Net;

namespace Minato.Sidecar;

/// <summary>What a probe may look at.</summary>
/// <param name="Process">The program.</param>
/// <param name="Logs">What it writes.</param>
/// <param name="EndPoint">Where it was told to listen; null where it says that itself.</param>
/// <param name="Check">Whose the listener there is; null where nobody asks.</param>
/// <param name="Folder">Of our own, for a ready file or a notify socket.</param>
internal sealed record ProbeScene(IStartedProcess Process, SidecarLogs Logs, IPEndPoint? EndPoint, ListenerCheck? Check, LaunchFolder Folder, TimeProvider Time)
{
    /// <summary>Where something must be looked at again and again: short beside a program's start, and 100 looks a second are no load.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    internal Task PauseAsync(CancellationToken cancel) => Task.Delay(Pause, Time, cancel);
}
