namespace Minato.Sidecar;

/// <summary>
/// A program that was started, is ready, and has a listener that is proven its own: what is sent to <see cref="Url"/> reaches it and nobody
/// else. Disposing it ends the program and its group.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0049", Justification = "Sidecar.StartAsync is what it is called, in the package of that name.")]
public sealed class Sidecar : IAsyncDisposable
{
    /// <summary>Ports that are tried where somebody else was faster.</summary>
    private const int Attempts = 5;

    /// <summary>Who is not gone then cannot be ended by us: another user's, as under sudo.</summary>
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    private readonly Launch _launch;
    private readonly SidecarOptions _options;
    private readonly Lazy<Task> _stopped;

    private Sidecar(Launch launch, SidecarOptions options)
    {
        (_launch, _options) = (launch, options);
        _stopped = new Lazy<Task>(EndAsync);
        Exited = WatchAsync();
    }

    /// <summary>Where it serves.</summary>
    public string Url => _launch.Url;

    public int Port => _launch.EndPoint.Port;

    /// <summary>The program's, or that of the shell or wrapper that was named.</summary>
    public int ProcessId => _launch.Process.Pid;

    /// <summary>What it writes, where that comes to us.</summary>
    public SidecarLogs Logs => _launch.Logs;

    /// <summary>Completes when the program has ended, by itself or not; what it left of its group is ended then, too.</summary>
    public Task<ProcessEnd> Exited { get; }

    /// <summary>Starts a program and waits until it is ready. Where another program takes the port meanwhile, it is started again with another one, up to 5 times.</summary>
    /// <exception cref="SidecarException">It did not become ready; the message says why, and nothing of it is left.</exception>
    /// <exception cref="PortException">No port can be had.</exception>
    /// <exception cref="ArgumentException">The options do not go together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of it is left.</exception>
    public static async Task<Sidecar> StartAsync(SidecarOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plan = LaunchPlan.Make(options);
        var wanted = options.Port;
        for (var attempt = 1; ; attempt++)
            try
            {
                return new Sidecar(await Launch.RunAsync(plan, wanted, cancel), options);
            }
            catch (SidecarException e) when (e.Failure == SidecarFailure.PortTaken && attempt < Attempts && !wanted.Strict)
            {
                // Not the same one again.
                wanted = new PortLeaseOptions();
            }
    }

    /// <summary>One attempt, on a port that is kept for whoever comes after it.</summary>
    /// <param name="permit">Null: nobody can withdraw it.</param>
    internal static async Task<Sidecar> StartAsync(LaunchPlan plan, PortGrant grant, CancellationToken cancel, StartPermit? permit = null) =>
        new(await Launch.RunAsync(plan, grant, ownsGrant: false, cancel, permit), plan.Options);

    /// <summary>Passes a signal on to the program; nothing when it has ended.</summary>
    /// <param name="signal">The platform's number.</param>
    public void Signal(int signal) => _launch.Process.Signal(signal);

    /// <summary>Asks the program and its group to end, and ends them by force after <see cref="SidecarOptions.StopTimeout"/>. Any number of callers await the same end.</summary>
    public Task StopAsync() => _stopped.Value;

    /// <summary>As <see cref="StopAsync"/>, and lets go of the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Exited;
        await _launch.DisposeAsync();
    }

    private async Task<ProcessEnd> WatchAsync()
    {
        var end = await _launch.Process.Ended;
        await StopAsync();
        return end;
    }

    private async Task EndAsync()
    {
        var process = _launch.Process;
        process.AskToEnd();
        using var patience = new AwakeTimeout(_options.StopTimeout, _options.Time);
        using var despair = new AwakeTimeout(_options.StopTimeout + AfterKill, _options.Time);
        while (!process.IsAllGone && !despair.IsOver)
        {
            if (patience.IsOver)
                process.Kill();
            await Task.WhenAny(process.Ended.IsCompleted ? Task.Delay(LookInterval) : process.Ended, Task.Delay(LookInterval));
        }
        await _launch.HearLastWordsAsync();
    }
}
