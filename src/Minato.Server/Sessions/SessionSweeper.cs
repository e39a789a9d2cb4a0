namespace Minato.Server.Sessions;

/// <summary>Looks at every session now and then, with one timer for all of them: dead peers are let go, silent ones are asked for a sign of life.</summary>
internal sealed class SessionSweeper : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may take no byte although some wait.</summary>
    private static readonly TimeSpan StuckTimeout = TimeSpan.FromSeconds(60);

    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    internal SessionSweeper(SessionRegistry sessions, TimeProvider clock)
    {
        _timer = new PeriodicTimer(Interval, clock);
        _loop = RunAsync(sessions, clock);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync(SessionRegistry sessions, TimeProvider clock)
    {
        var looked = clock.GetTimestamp();
        long? stopped = null;
        while (await _timer.WaitForNextTickAsync())
        {
            var now = clock.GetTimestamp();
            // A process that was stopped for a while (SIGSTOP, a virtual machine's pause) heard and sent nothing. What peers said meanwhile is read first.
            if (clock.GetElapsedTime(looked, now) > Interval * 2)
                stopped = now;
            looked = now;
            if (stopped is { } since && clock.GetElapsedTime(since, now) < Interval)
                continue;
            stopped = null;
            foreach (var session in sessions.All)
                if (session.Queue.StuckFor > StuckTimeout)
                    session.CloseAsSlow();
                else
                {
                    session.LookAfterLogin();
                    session.OnTick();
                }
        }
    }
}
