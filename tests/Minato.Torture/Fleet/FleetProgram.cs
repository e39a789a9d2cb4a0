using Minato.Torture.Fleet.Irc;
using Minato.Torture.Histories;
using Minato.Torture.Running;

namespace Minato.Torture.Fleet;

/// <summary>
/// Some clients in a process of their own, which can be stopped and killed like any other. Told what to do by lines on its input: <c>cut</c>,
/// <c>abandon</c>, <c>settle</c> (stop acting, answer when nothing waits any more), <c>end</c> (say how far each came, and go).
/// </summary>
internal sealed class FleetProgram : IDisposable
{
    /// <summary>In the environment, because it is a secret: the session of who made the rooms, for the first client of the first fleet.</summary>
    public const string KeeperVariable = "TORTURE_KEEPER";

    /// <summary>Answers: it gets on; all are settled; some do not get on any more, whose names follow; it ends.</summary>
    public const string GetsOn = "gets on", Settled = "settled", Stuck = "stuck:", Ended = "ended";

    /// <summary>Nothing strikes any more: who has not got on for so long never will.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);

    /// <summary>The same, now that nobody posts any more either.</summary>
    private static readonly TimeSpan EndsAfter = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenAnswers = TimeSpan.FromSeconds(1);

    private readonly List<Recorder> _recorders = [];
    private readonly List<Actor> _actors = [];
    private readonly Random _random;

    private FleetProgram(FleetOptions options)
    {
        _random = new Random(options.Seed);
        Add('s', options.Sockets, (name, recorder) => new SocketActor(name, options, recorder, _random.Next(), options.Number + _actors.Count == 0 ? Environment.GetEnvironmentVariable(KeeperVariable) : null));
        Add('h', options.Requests, (name, recorder) => new RequestActor(name, options, recorder, _random.Next()));
        Add('t', options.Terminals, (name, recorder) => new TerminalActor(name, options, recorder, _random.Next()));
        Add('i', options.Ircs, (name, recorder) => new IrcActor(name, options, recorder, _random.Next()));

        void Add(char kind, int count, Func<string, Recorder, Actor> make)
        {
            for (var i = 0; i < count; i++)
            {
                var name = $"f{options.Number}{kind}{i}";
                _recorders.Add(new Recorder(Path.Combine(options.Histories, $"{name}.history")));
                _actors.Add(make(name, _recorders[^1]));
            }
        }
    }

    public static async Task<int> RunAsync(FleetOptions options)
    {
        using var fleet = new FleetProgram(options);
        return await fleet.ObeyAsync();
    }

    public void Dispose() => _recorders.ForEach(r => r.Dispose());

    private async Task<int> ObeyAsync()
    {
        using var stop = new CancellationTokenSource();
        var running = _actors.ConvertAll(a => Task.Run(() => a.RunAsync(stop.Token), CancellationToken.None));
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } order)
            switch (order)
            {
                case "cut":
                    foreach (var actor in _actors.Where(_ => _random.Next(2) == 0))
                        actor.Cut();
                    break;
                case "abandon":
                    _actors.ForEach(a => a.Abandon());
                    break;
                case "settle":
                    _actors.ForEach(a => a.StopActing());
                    Console.WriteLine(await GetOnAsync(() => _actors.TrueForAll(a => a.IsSettled), StuckAfter)
                        ? Settled : $"{Stuck} {string.Join(' ', _actors.Where(a => !a.IsSettled).Select(a => a.Name))}");
                    break;
                case "end":
                    await ArriveAsync();
                    await stop.CancelAsync();
                    await Task.WhenAll(running);
                    Console.WriteLine(Ended);
                    return 0;
            }
        // Whoever started it is gone.
        return 1;
    }

    /// <summary>Everybody comes as far as they can, and says so.</summary>
    private async Task ArriveAsync()
    {
        using var patience = new CancellationTokenSource();
        var arriving = Task.WhenAll(_actors.ConvertAll(async a =>
        {
            await a.ArriveAsync(patience.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            a.End();
        }));
        if (!await GetOnAsync(() => arriving.IsCompleted, EndsAfter))
            await patience.CancelAsync();
        await arriving;
    }

    /// <summary>Until that is so, however long it takes while anybody gets on. False: nobody does.</summary>
    private async Task<bool> GetOnAsync(Func<bool> isDone, TimeSpan within)
    {
        var patience = new Patience(within, TimeProvider.System);
        var (said, saidAt) = (0L, Environment.TickCount64);
        while (!isDone())
        {
            var steps = _recorders.Sum(r => r.Steps);
            if (patience.IsOver(steps))
                return false;
            if (steps != said && Environment.TickCount64 - saidAt > BetweenAnswers.TotalMilliseconds)
            {
                (said, saidAt) = (steps, Environment.TickCount64);
                Console.WriteLine(GetsOn);
            }
            await Task.Delay(50, CancellationToken.None);
        }
        return true;
    }
}
