using Minato.Torture.Staging;

namespace Minato.Torture.Faults;

/// <summary>Every kind of fault.</summary>
internal static class AllFaults
{
    /// <summary>Between what the disk did and the end of the server.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<Fault> Known { get; } =
    [
        new("kill", Lane.Server, static (stage, _) => stage.Server.KillAsync()),
        new("frozen-server", Lane.Server, static async (stage, random) =>
        {
            await stage.Server.ReadyAsync();
            stage.Server.Signal(Native.Stop);
            await Some(random, 200, 2500);
            stage.Server.Signal(Native.Continue);
        }),
        new("clock", Lane.Server, static async (stage, random) =>
        {
            stage.Page.ClockAhead = TimeSpan.FromSeconds(random.Next(-7200, 7200));
            await Some(random, 300, 2000);
            stage.Page.ClockAhead = TimeSpan.Zero;
        }),
        new("partition", Lane.Network, static async (stage, random) =>
        {
            stage.Cable.IsCut = true;
            await Some(random, 300, 4000);
            stage.Cable.IsCut = false;
        }),
        new("half-open", Lane.Network, static async (stage, random) =>
        {
            // What the clients' machines say as they go does not arrive: the server holds what nobody is at the other end of.
            stage.Cable.IsCut = true;
            stage.Fleets[random.Next(stage.Fleets.Count)].Tell("abandon");
            await Some(random, 300, 1000);
            stage.Cable.IsCut = false;
        }),
        new("loss", Lane.Network, static async (stage, random) =>
        {
            stage.Cable.LostPerMille = random.Next(20, 300);
            await Some(random, 500, 2500);
            stage.Cable.LostPerMille = 0;
        }),
        new("delay", Lane.Network, static async (stage, random) =>
        {
            stage.Cable.Delay = TimeSpan.FromMilliseconds(random.Next(20, 400));
            await Some(random, 500, 2500);
            stage.Cable.Delay = TimeSpan.Zero;
        }),
        new("cut-inside-frame", Lane.Clients, static async (stage, random) =>
        {
            stage.Fleets[random.Next(stage.Fleets.Count)].Tell("cut");
            await Some(random, 100, 800);
        }),
        new("frozen-readers", Lane.Clients, static async (stage, random) =>
        {
            var fleet = stage.Fleets[random.Next(stage.Fleets.Count)];
            fleet.Signal(Native.Stop);
            await Some(random, 500, 5000);
            fleet.Signal(Native.Continue);
        }),
        new("disk-full", Lane.Disk, static async (stage, random) =>
        {
            // One that is started now says that the disk is full, and ends. To fill it takes as long as it takes.
            stage.Server.MayEnd(TimeSpan.MaxValue);
            stage.Disk.Fill();
            await Some(random, 300, 2000);
            stage.Disk.Free();
            stage.Server.MayEnd(EndsWithin);
        }),
        new("slow-fsync", Lane.Disk, static async (stage, random) =>
        {
            stage.Page.FsyncTakes = TimeSpan.FromMilliseconds(random.Next(5, 400));
            await Some(random, 500, 2500);
            stage.Page.FsyncTakes = TimeSpan.Zero;
        }),
        new("failing-fsync", Lane.Disk, static async (stage, random) =>
        {
            await stage.Server.ReadyAsync();
            stage.Server.MayEnd(EndsWithin);
            stage.Page.FsyncFails = true;
            await Some(random, 50, 600);
            stage.Page.FsyncFails = false;
        }),
    ];

    /// <summary>Those of the database, where it is a program of its own.</summary>
    public static IReadOnlyList<Fault> OfPostgres { get; } =
    [
        new("postgres-crash", Lane.Disk, static (stage, random) =>
        {
            // One that is started now finds no database, and ends.
            stage.Server.MayEnd(EndsWithin);
            return stage.Postgres!.CrashAsync(TimeSpan.FromMilliseconds(random.Next(2000)));
        }),
    ];

    /// <summary>Clients who go and come again, with a word and without: all there is in a soak.</summary>
    public static IReadOnlyList<Fault> Churn { get; } =
    [
        new("abandon", Lane.Server, static (stage, random) =>
        {
            stage.Fleets[random.Next(stage.Fleets.Count)].Tell("abandon");
            return Task.CompletedTask;
        }),
        .. Known.Where(f => f.Name is "half-open" or "cut-inside-frame" or "frozen-readers"),
    ];

    private static Task Some(Random random, int least, int most) => Task.Delay(random.Next(least, most));
}
