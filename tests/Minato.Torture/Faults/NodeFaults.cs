using Minato.Torture.Staging;

namespace Minato.Torture.Faults;

/// <summary>What happens to one of several servers on one database, and to none of the others.</summary>
internal static class NodeFaults
{
    private const string Away = "away", Ready = "ready";

    /// <summary>It calls itself away after 5 s (docs/guarantees.md), and is asked for so long, on however busy a machine.</summary>
    private static readonly TimeSpan SaysSoWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("long-frozen-server", Lane.Server, static (stage, random, blow) => AllFaults.FreezeAsync(blow.OnAnyOf(stage, random), random, 5000, 9000)),
        new("cut-from-database", Lane.Database, static (stage, random, blow) => CutAsync(blow.OnAnyOf(stage, random), blow, () => AllFaults.Some(random, 300, 4000))),
        new("away-from-database", Lane.Database, static (stage, random, blow) =>
        {
            var node = blow.OnAnyOf(stage, random);
            return CutAsync(node, blow, async () =>
            {
                await UntilItSaysSoAsync(node, blow);
                await AllFaults.Some(random, 0, 3000);
            });
        }),
        new("loss-to-database", Lane.Database, static (stage, random, blow) => AllFaults.LoseAsync(blow.OnAnyOf(stage, random).Berth.ToDatabase!, random)),
        new("delay-to-database", Lane.Database, static (stage, random, blow) => AllFaults.DelayAsync(blow.OnAnyOf(stage, random).Berth.ToDatabase!, random)),
    ];

    /// <summary>Where the database has a standby.</summary>
    public static IReadOnlyList<Fault> OfStandby { get; } =
    [
        new("promotion", Lane.Disk, static async (stage, _, _) =>
        {
            stage.Trouble();
            await stage.Postgres!.PromoteAsync();
            stage.TroubleEnds(AllFaults.EndsWithin);
        }),
    ];

    /// <summary>Not a packet passes between what it says is the beginning and what it says is the end.</summary>
    private static async Task CutAsync(Node node, Blow blow, Func<Task> meanwhile)
    {
        // One that is started now finds no database, and ends.
        node.Server.Trouble();
        node.Berth.ToDatabase!.IsCut = true;
        blow.Begin();
        await meanwhile();
        blow.End();
        node.Berth.ToDatabase.IsCut = false;
        node.Server.TroubleEnds(AllFaults.EndsWithin);
    }

    /// <summary>One that is killed or cannot be reached meanwhile has nothing to say.</summary>
    private static async Task UntilItSaysSoAsync(Node node, Blow blow)
    {
        var (starts, until) = (node.Server.Starts, Environment.TickCount64 + (long)SaysSoWithin.TotalMilliseconds);
        string? word = null;
        while (Environment.TickCount64 < until && node.Server.Starts == starts)
        {
            if ((word = await node.ReadinessAsync()) == Away)
                return;
            await Task.Delay(BetweenQuestions);
        }
        if (word == Ready && node.Server.Starts == starts)
            blow.Complaint = $"Server {node.Number} was cut off from its database for {SaysSoWithin.TotalSeconds:0} s and said that it was {word}.";
    }
}
