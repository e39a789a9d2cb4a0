using System.Net;

namespace Minato.Sidecar;

/// <summary>One attempt to start a program: the port, the process, and the way until it is ready and its listener proven its own.</summary>
internal sealed class Launch : IAsyncDisposable
{
    /// <summary>What a program wrote just before it ended may still be in the pipe; grandchildren may keep that open for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly LaunchPlan _plan;
    private readonly PortGrant _grant;
    private readonly bool _ownsGrant;
    private readonly LaunchFolder _folder = new();

    private Launch(LaunchPlan plan, PortGrant grant, bool ownsGrant)
    {
        (_plan, _grant, _ownsGrant) = (plan, grant, ownsGrant);
        Logs = new SidecarLogs(plan.Options.OnLine);
    }

    internal IStartedProcess Process { get; private set; } = null!;

    internal SidecarLogs Logs { get; }

    internal string Url { get; private set; } = "";

    internal IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <exception cref="SidecarException">It did not become ready; nothing of it is left.</exception>
    /// <exception cref="PortException">No port can be had.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of it is left.</exception>
    internal static Task<Launch> RunAsync(LaunchPlan plan, PortLeaseOptions wanted, CancellationToken cancel) =>
        RunAsync(plan, PortGrant.Take(plan.HandOff, plan.Options.Address, wanted), ownsGrant: true, cancel);

    /// <param name="ownsGrant">False: the port is kept for whoever comes after this one.</param>
    /// <param name="permit">Null: nobody can withdraw it.</param>
    internal static async Task<Launch> RunAsync(LaunchPlan plan, PortGrant grant, bool ownsGrant, CancellationToken cancel, StartPermit? permit = null)
    {
        var launch = new Launch(plan, grant, ownsGrant);
        try
        {
            if (permit is null)
                launch.Start();
            else
                permit.Use(launch.Start);
            await launch.BecomeReadyAsync(cancel);
            return launch;
        }
        catch
        {
            await launch.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a program that has ended: what it wrote is read to its end, if that comes soon.</summary>
    internal Task HearLastWordsAsync() => Task.WhenAny(Logs.Ended, Task.Delay(LastWords));

    /// <summary>Ends what is left of it, by force.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Process is { } process)
        {
            process.Kill();
            await process.Ended;
            process.Dispose();
        }
        if (_ownsGrant)
            _grant.Dispose();
        _folder.Dispose();
    }

    private void Start()
    {
        _folder.Prepare(_plan.Ready);
        var request = _plan.Fill(_grant, _folder);
        Process = OperatingSystem.IsLinux() ? LinuxProcess.Start(request, LaunchNonce.New()) : PortableProcess.Start(request);
        _plan.Options.OnStarted?.Invoke(Process.Signal);
        Logs.Read(Process.Output, Process.Errors, _plan.Options.Streams == StandardStreams.SharedButOutput ? OwnOutput.Open() : null);
    }

    private async Task BecomeReadyAsync(CancellationToken cancel)
    {
        using var timeout = new AwakeTimeout(_plan.Options.ReadyTimeout, _plan.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        var ready = ProveAsync(either.Token);
        try
        {
            if (await Task.WhenAny(ready, Process.Ended) != ready)
            {
                await either.CancelAsync();
                // It may have been ready, and ended at once: then it ended early all the same.
                await ready.ContinueWith(static t => t.Exception, TaskScheduler.Default);
                throw await EndedEarlyAsync();
            }
            await ready;
        }
        catch (OperationCanceledException) when (timeout.IsOver && !cancel.IsCancellationRequested)
        {
            throw NotReady();
        }
    }

    private async Task ProveAsync(CancellationToken cancel)
    {
        var sign = await _plan.Ready.WaitAsync(new ProbeScene(Process, Logs, _grant.EndPoint, CheckOf(_grant.EndPoint), _folder, _plan.Options.Time), cancel);
        (EndPoint, Url) = Place(sign);
        // A socket of ours is ours; and who waits for nothing is told of nobody.
        if (_grant.HandOff == HandOff.Inherit || _plan.Ready == ReadyProbe.None || CheckOf(EndPoint) is not { } check)
            return;
        for (; ; await Task.Delay(ProbeScene.Pause, _plan.Options.Time, cancel))
            switch (check.Look(out var stranger))
            {
                case Listener.Ours:
                    return;
                case Listener.Foreign:
                    throw new SidecarException(
                        SidecarFailure.PortTaken, $"Port {EndPoint.Port} was given to \"{_plan.Options.Program}\", but {stranger} listens there. Nothing was sent to it.", lastLines: Logs.Tail());
            }
    }

    private ListenerCheck? CheckOf(IPEndPoint? endPoint) =>
        endPoint is not null && !_plan.Options.AnyOwner && Process.Family is { } family ? new ListenerCheck(endPoint, family) : null;

    private (IPEndPoint, string) Place(ReadyProbe.Sign sign)
    {
        if (_grant.EndPoint is { } known)
            return (known, $"http://{known}");
        if (sign.Port is { } port)
            return (new IPEndPoint(_plan.Options.Address, port), $"http://{new IPEndPoint(_plan.Options.Address, port)}");
        if (!Uri.TryCreate(sign.Url, UriKind.Absolute, out var url) || url.Port <= 0)
            throw new SidecarException(SidecarFailure.BadReport, $"\"{_plan.Options.Program}\" says that it is ready at \"{sign.Url}\", which is no URL with a port.", lastLines: Logs.Tail());
        return url.IsLoopback
            ? (new IPEndPoint(IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : _plan.Options.Address, url.Port), sign.Url!)
            : throw new SidecarException(SidecarFailure.BadReport, $"\"{_plan.Options.Program}\" says that it is ready at {sign.Url}, which is not on this machine's loopback.", lastLines: Logs.Tail());
    }

    private async Task<SidecarException> EndedEarlyAsync()
    {
        var end = await Process.Ended;
        await HearLastWordsAsync();
        var tail = Logs.Tail();
        if (_grant.EndPoint is { } place && (StrangerAt(place) is not null || tail.Any(SaysTaken)))
            return new SidecarException(
                SidecarFailure.PortTaken, $"\"{_plan.Options.Program}\" ended {end}: port {place.Port} was taken by {StrangerAt(place)?.ToString() ?? "another program"} before it could listen there.", end, tail);
        var background = end.Code == 0 ? " A program that goes into the background cannot be watched: run it in the foreground." : "";
        return new SidecarException(SidecarFailure.EndedEarly, $"\"{_plan.Options.Program}\" ended {end} before it was ready.{background}", end, tail);
    }

    private SidecarException NotReady()
    {
        var elsewhere = Process.Family is { } family && _grant.EndPoint is { } place ? new ListenerCheck(place, family).Elsewhere().Where(e => e.Port != place.Port).ToList() : [];
        return elsewhere.Count > 0
            ? new SidecarException(
                SidecarFailure.ListensElsewhere,
                $"\"{_plan.Options.Program}\" listens on {string.Join(" and ", elsewhere)}, not on {_grant.EndPoint}. Give it its port: {{port}} in the command, or PORT in its environment.", lastLines: Logs.Tail())
            : new SidecarException(SidecarFailure.NotReady, $"\"{_plan.Options.Program}\" was not ready within {_plan.Seconds} s.", lastLines: Logs.Tail());
    }

    private PortOwner? StrangerAt(IPEndPoint place) =>
        Process.Family is { } family && new ListenerCheck(place, family).Look(out var stranger) == Listener.Foreign ? stranger : null;

    // How C, Python, Node, .NET, Go, Java and Windows say EADDRINUSE.
    private static bool SaysTaken(string line) =>
        line.Contains("EADDRINUSE", StringComparison.Ordinal) || line.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
        || line.Contains("address in use", StringComparison.OrdinalIgnoreCase) || line.Contains("Only one usage of each socket address", StringComparison.OrdinalIgnoreCase);
}
