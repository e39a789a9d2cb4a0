using Minato.Torture.Fleet.Irc;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>
/// Some clients in a process of their own, which can be stopped and killed like any other. Told what to do by lines on its input: <c>cut</c>,
/// <c>abandon</c>, <c>settle</c> (stop acting, answer "settled" when nothing waits any more), <c>end</c> (say how far each came, and go).
/// </summary>
internal static class FleetProgram
{
    /// <summary>In the environment, because it is a secret: the session of who made the rooms, for the first client of the first fleet.</summary>
    public const string KeeperVariable = "TORTURE_KEEPER";

    /// <summary>Nobody posts any more and nothing strikes: who has not come to the end of the log by then never will.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(FleetOptions options)
    {
        using var recorder = new Recorder(options.Record);
        var random = new Random(options.Seed);
        var actors = new List<Actor>();
        for (var i = 0; i < options.Sockets; i++)
            actors.Add(new SocketActor($"f{options.Number}s{i}", options, recorder, random.Next(), options.Number + i == 0 ? Environment.GetEnvironmentVariable(KeeperVariable) : null));
        for (var i = 0; i < options.Requests; i++)
            actors.Add(new RequestActor($"f{options.Number}h{i}", options, recorder, random.Next()));
        for (var i = 0; i < options.Terminals; i++)
            actors.Add(new TerminalActor($"f{options.Number}t{i}", options, recorder, random.Next()));
        for (var i = 0; i < options.Ircs; i++)
            actors.Add(new IrcActor($"f{options.Number}i{i}", options, recorder, random.Next()));
        using var stop = new CancellationTokenSource();
        var running = actors.ConvertAll(a => Task.Run(() => a.RunAsync(stop.Token), CancellationToken.None));
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } order)
            switch (order)
            {
                case "cut":
                    foreach (var actor in actors.Where(_ => random.Next(2) == 0))
                        actor.Cut();
                    break;
                case "abandon":
                    actors.ForEach(a => a.Abandon());
                    break;
                case "settle":
                    actors.ForEach(a => a.StopActing());
                    while (actors.Find(a => !a.IsSettled) is not null)
                        await Task.Delay(50, CancellationToken.None);
                    Console.WriteLine("settled");
                    break;
                case "end":
                    using (var patience = new CancellationTokenSource(EndWithin))
                        await Task.WhenAll(actors.ConvertAll(async a =>
                        {
                            await a.ArriveAsync(patience.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                            a.End();
                        }));
                    await stop.CancelAsync();
                    await Task.WhenAll(running);
                    Console.WriteLine("ended");
                    return 0;
            }
        // Whoever started it is gone.
        return 1;
    }
}
