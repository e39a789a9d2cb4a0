using Minato.Torture.Staging;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Faults;

/// <summary>Every kind of fault.</summary>
internal static class AllFaults
{
    /// <summary>Between what the disk did, or the database, and the end of the server.</summary>
    internal static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<Fault> Known { get; } =
    [
        new("kill", Lane.Server, static (stage, random, blow) => blow.OnAnyOf(stage, random).Server.KillAsync()),
        new("frozen-server", Lane.Server, static (stage, random, blow) => FreezeAsync(blow.OnAnyOf(stage, random), random, 200, 2500)),
        new("clock", Lane.Server, static async (stage, random, blow) =>
        {
            var page = blow.OnAnyOf(stage, random).Page;
            page.ClockAhead = TimeSpan.FromSeconds(random.Next(-7200, 7200));
            await Some(random, 300, 2000);
            page.ClockAhead = TimeSpan.Zero;
        }),
        new("partition", Lane.Network, static async (stage, random, blow) =>
        {
            var cable = blow.OnAnyOf(stage, random).Berth.Cable;
            cable.IsCut = true;
            await Some(random, 300, 4000);
            cable.IsCut = false;
        }),
        new("half-open", Lane.Network, static async (stage, random, blow) =>
        {
            // What the clients' machines say as they go does not arrive: the server holds what nobody is at the other end of.
            var cable = blow.OnAnyOf(stage, random).Berth.Cable;
            cable.IsCut = true;
            stage.AnyFleet(random).Tell("abandon");
            await Some(random, 300, 1000);
            cable.IsCut = false;
        }),
        new("loss", Lane.Network, static (stage, random, blow) => LoseAsync(blow.OnAnyOf(stage, random).Berth.Cable, random)),
        new("delay", Lane.Network, static (stage, random, blow) => DelayAsync(blow.OnAnyOf(stage, random).Berth.Cable, random)),
        new("cut-inside-frame", Lane.Clients, static async (stage, random, _) =>
        {
            stage.AnyFleet(random).Tell("cut");
            await Some(random, 100, 800);
        }),
        new("frozen-readers", Lane.Clients, static async (stage, random, _) =>
        {
            var fleet = stage.AnyFleet(random);
            fleet.Signal(Native.Stop);
            await Some(random, 500, 5000);
            fleet.Signal(Native.Continue);
        }),
        new("disk-full", Lane.Disk, static async (stage, random, _) =>
        {
            // One that is started now says that the disk is full, and ends. To fill it takes as long as it takes.
            stage.Trouble();
            stage.Disk.Fill();
            await Some(random, 300, 2000);
            stage.Disk.Free();
            stage.TroubleEnds(EndsWithin);
        }),
        new("slow-fsync", Lane.Disk, static async (stage, random, _) =>
        {
            stage.Page.FsyncTakes = TimeSpan.FromMilliseconds(random.Next(5, 400));
            await Some(random, 500, 2500);
            stage.Page.FsyncTakes = TimeSpan.Zero;
        }),
        new("failing-fsync", Lane.Disk, static async (stage, random, _) =>
        {
            await stage.ReadyAsync();
            stage.MayEnd(EndsWithin);
            stage.Page.FsyncFails = true;
            await Some(random, 50, 600);
            stage.Page.FsyncFails = false;
        }),
    ];

    /// <summary>Those of the database, where it is a program of its own.</summary>
    public static IReadOnlyList<Fault> OfPostgres { get; } =
    [
        new("postgres-crash", Lane.Disk, static (stage, random, _) =>
        {
            // One that is started now finds no database, and ends.
            stage.MayEnd(EndsWithin);
            return stage.Postgres!.Primary.CrashAsync(TimeSpan.FromMilliseconds(random.Next(2000)));
        }),
    ];

    /// <summary>Clients who go and come again, with a word and without: all there is in a soak.</summary>
    public static IReadOnlyList<Fault> Churn { get; } =
    [
        new("abandon", Lane.Server, static (stage, random, _) =>
        {
            stage.AnyFleet(random).Tell("abandon");
            return Task.CompletedTask;
        }),
        .. Known.Where(f => f.Name is "half-open" or "cut-inside-frame" or "frozen-readers"),
    ];

    internal static async Task FreezeAsync(Node node, Random random, int least, int most)
    {
        await node.Server.ReadyAsync();
        node.Server.Signal(Native.Stop);
        await Some(random, least, most);
        node.Server.Signal(Native.Continue);
    }

    internal static async Task LoseAsync(Cable cable, Random random)
    {
        cable.LostPerMille = random.Next(20, 300);
        await Some(random, 500, 2500);
        cable.LostPerMille = 0;
    }

    internal static async Task DelayAsync(Cable cable, Random random)
    {
        cable.Delay = TimeSpan.FromMilliseconds(random.Next(20, 400));
        await Some(random, 500, 2500);
        cable.Delay = TimeSpan.Zero;
    }

    internal static Task Some(Random random, int least, int most) => Task.Delay(random.Next(least, most));
}
