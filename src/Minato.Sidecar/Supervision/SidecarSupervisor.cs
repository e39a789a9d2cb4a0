namespace Minato.Sidecar;

/// <summary>
/// Keeps a program running on one port: starts it again when it fails, and replaces it by a new one without a gap. With
/// <see cref="HandOff.Inherit"/> the socket stays open all the while, so that no client is refused; else a restart has a moment in which nobody listens.
/// </summary>
public sealed class SidecarSupervisor : IAsyncDisposable
{
    private readonly LaunchPlan _plan;
    private readonly PortGrant _grant;
    private readonly RestartPolicy _policy;
    private readonly RestartBudget _budget;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>One change at a time: a restart or a reload.</summary>
    private readonly SemaphoreSlim _changing = new(1);
    private volatile Sidecar _current;
    private volatile Sidecar? _stoppedForReload;
    private int _disposed;

    private SidecarSupervisor(LaunchPlan plan, PortGrant grant, RestartPolicy policy, Sidecar first)
    {
        (_plan, _grant, _policy, _current) = (plan, grant, policy, first);
        _budget = new RestartBudget(policy, plan.Options.Time);
        Ended = Task.Run(SuperviseAsync);
    }

    /// <summary>The program as it runs now.</summary>
    public Sidecar Current => _current;

    /// <summary>Where it serves; stays the same but with <see cref="HandOff.Report"/>, where each start says its own.</summary>
    public string Url => _current.Url;

    /// <summary>Restarts so far.</summary>
    public int Restarts { get; private set; }

    /// <summary>
    /// Completes when the program runs no more: with its end where the policy wants no restart or it was stopped; with a <see cref="SidecarException"/>
    /// (<see cref="SidecarFailure.GaveUp"/>, and its last 50 lines) where it was given up.
    /// </summary>
    public Task<ProcessEnd> Ended { get; }

    /// <summary>Starts a program, waits until it is ready, and keeps it running from then on.</summary>
    /// <param name="policy">Null: the defaults of <see cref="RestartPolicy"/>.</param>
    /// <exception cref="SidecarException">It did not become ready the first time.</exception>
    /// <exception cref="PortException">No port can be had.</exception>
    public static async Task<SidecarSupervisor> StartAsync(SidecarOptions options, RestartPolicy? policy = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plan = LaunchPlan.Make(options);
        var grant = PortGrant.Take(plan.HandOff, options.Address, options.Port);
        try
        {
            return new SidecarSupervisor(plan, grant, policy ?? new RestartPolicy(), await Sidecar.StartAsync(plan, grant, cancel));
        }
        catch
        {
            grant.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Starts a new one, and when it is ready asks the old one to end, which finishes what it has begun. Where the port cannot be shared (<see cref="HandOff.Hold"/>,
    /// <see cref="HandOff.Reserve"/>) the old one ends first. When the new one does not become ready, the old one stays, where it can.
    /// </summary>
    /// <exception cref="SidecarException">The new one did not become ready.</exception>
    public async Task ReloadAsync(CancellationToken cancel = default)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            var old = _current;
            if (_grant.HandOff is HandOff.Hold or HandOff.Reserve)
            {
                // Should the new one not come up, nobody wanted that end: whoever supervises starts again.
                _stoppedForReload = old;
                await old.StopAsync();
            }
            _current = await Sidecar.StartAsync(_plan, _grant, cancel);
            await old.DisposeAsync();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Ends the program and lets go of the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        await _changing.WaitAsync();
        await _current.DisposeAsync();
        _changing.Release();
        await Ended.ContinueWith(static _ => { }, TaskScheduler.Default);
        _grant.Dispose();
        _stopping.Dispose();
        _changing.Dispose();
    }

    private async Task<ProcessEnd> SuperviseAsync()
    {
        while (true)
        {
            var watched = _current;
            var started = _plan.Options.Time.GetTimestamp();
            var end = await watched.Exited;
            await _changing.WaitAsync();
            try
            {
                if (_stopping.IsCancellationRequested)
                    return end;
                // Replaced on purpose: its end was wanted.
                if (watched != _current)
                    continue;
                if (!_policy.Wants(end) && watched != _stoppedForReload)
                    return end;
                await RestartAsync(watched, end, _plan.Options.Time.GetElapsedTime(started));
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return end;
            }
            finally
            {
                _changing.Release();
            }
        }
    }

    private async Task RestartAsync(Sidecar old, ProcessEnd end, TimeSpan lived)
    {
        var tail = old.Logs.Tail();
        while (true)
        {
            if (_budget.Take(lived) is not { } pause)
                throw new SidecarException(
                    SidecarFailure.GaveUp, $"\"{_plan.Options.Program}\" was started again {_policy.Budget} times within {_policy.BudgetTime.TotalSeconds:0.#} s, and ended {end} in the end: it is given up.", end, tail);
            await Task.Delay(pause, _plan.Options.Time, _stopping.Token);
            Restarts++;
            try
            {
                _current = await Sidecar.StartAsync(_plan, _grant, _stopping.Token);
                await old.DisposeAsync();
                return;
            }
            catch (SidecarException e)
            {
                (end, tail, lived) = (e.End ?? end, e.LastLines, TimeSpan.Zero);
            }
        }
    }
}
