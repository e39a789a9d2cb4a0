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
    private readonly CancellationTokenSource _noMore = new();
    private readonly StartPermit _restarts = new();

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
    public int Restarts => _restarts.Used;

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

    /// <summary>The program is not started again from now on, however it ends; a pause before a restart is over at once. It itself goes on until it ends.</summary>
    public void StopRestarting()
    {
        _restarts.Withdraw();
        try
        {
            _noMore.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // All has ended.
        }
    }

    /// <summary>Ends the program and lets go of the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _restarts.Withdraw();
        await _noMore.CancelAsync();
        await _stopping.CancelAsync();
        await _changing.WaitAsync();
        await _current.DisposeAsync();
        _changing.Release();
        await Ended.ContinueWith(static _ => { }, TaskScheduler.Default);
        _grant.Dispose();
        _stopping.Dispose();
        _noMore.Dispose();
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
                if (await RestartAsync(watched, end, _plan.Options.Time.GetElapsedTime(started)) is { } last)
                    return last;
            }
            finally
            {
                _changing.Release();
            }
        }
    }

    /// <summary>Null: it runs again; else the last end, where it is not to be started again.</summary>
    private async Task<ProcessEnd?> RestartAsync(Sidecar old, ProcessEnd end, TimeSpan lived)
    {
        var tail = old.Logs.Tail();
        while (true)
        {
            if (_noMore.IsCancellationRequested)
                return end;
            if (_budget.Take(lived) is not { } pause)
                throw new SidecarException(
                    SidecarFailure.GaveUp, $"\"{_plan.Options.Program}\" was started again {_policy.Budget} times within {_policy.BudgetTime.TotalSeconds:0.#} s, and ended {end} in the end: it is given up.", end, tail);
            try
            {
                _policy.OnPause?.Invoke(end, pause);
                await Task.Delay(pause, _plan.Options.Time, _noMore.Token);
                _policy.OnPauseOver?.Invoke();
                _current = await Sidecar.StartAsync(_plan, _grant, _stopping.Token, _restarts);
            }
            catch (SidecarException e)
            {
                (end, tail, lived) = (e.End ?? end, e.LastLines, TimeSpan.Zero);
                continue;
            }
            catch (OperationCanceledException) when (_noMore.IsCancellationRequested)
            {
                return end;
            }
            _policy.OnStartedAgain?.Invoke(_current);
            await old.DisposeAsync();
            return null;
        }
    }
}
