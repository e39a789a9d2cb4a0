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
        _loop = RunAsync(sessions);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync(SessionRegistry sessions)
    {
        while (await _timer.WaitForNextTickAsync())
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
