using Minato.Torture.Power.Recording;
using Minato.Torture.Running;

namespace Minato.Torture.Power.Running;

/// <summary>The executable is recorded while clients use it; then the power goes at many points of the record.</summary>
internal static class PowerRun
{
    private const int Shown = 5;

    private static readonly TimeSpan SaysEvery = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var folder = options.Keep ?? Scratch.New("record").FullName;
        Console.WriteLine($"seed {options.Seed}, records in {folder}");
        Voyage In(string name) => new(Path.Combine(folder, name));
        var (anew, old, restored, client, ports) = (In("new"), In("old"), In(Voyage.OfRestore), In(Voyage.OfClient), In(Voyage.OfPorts));
        // Killed, started again, stopped, started again, killed; and with a database of the first version, killed and started again.
        await anew.MakeAsync(options.Seed, options.Time, lives: 3, isOld: false, Command, Backup);
        await old.MakeAsync(options.Seed, options.Time / 2, lives: 2, isOld: true, Command);
        // A backup is restored in place of a database that was stopped, or that was killed and has a log beside it: as the seed says.
        await restored.MakeAsync(options.Seed, options.Time / 2, lives: options.Seed % 2 == 0 ? 2 : 3, isOld: false, Command, Backup, Restoring);
        await client.MakeClientsAsync(options.Seed);
        await ports.MakePortsAsync();
        var isGood = await LookAsync(anew, options.Points - options.Points / 3 - options.Points / 4, options.Seed)
            & await LookAsync(old, options.Points / 3, options.Seed)
            & await LookAsync(restored, options.Points / 4, options.Seed)
            & await LookAsync(client, options.Points, options.Seed)
            & await LookAsync(ports, options.Points, options.Seed);
        if (options.Broken)
            isGood &= await BrokenPowerRuns.RunAsync(anew, old, restored, client, ports, options.Seed);
        if (isGood && options.Keep is null)
            Directory.Delete(folder, recursive: true);
        return isGood;
    }

    /// <summary>One point of a record that was kept, once more.</summary>
    public static async Task<bool> AgainAsync(string folder, int seed, int point)
    {
        var isGood = true;
        await foreach (var cut in Cuts.AtAsync(new Voyage(folder), point, seed))
        {
            Print(cut, folder);
            isGood &= cut.Violations.Count == 0;
        }
        return isGood;
    }

    private static string[] Command(string address, string data) =>
        [Program.Executable, address, "--access", "guests", "--data", data, "--no-rate-limits", "--ready-file", Path.Combine(data, "ready.json")];

    private static string[] Backup(string data, string file) => [Program.Executable, "backup", file, "--data", data];

    private static string[] Restoring(string data, string file) => [Program.Executable, "restore", file, "--data", data];

    private static async Task<bool> LookAsync(Voyage voyage, int count, int seed)
    {
        var (done, wrong, most, said) = (0, 0, 0, DateTime.UtcNow);
        await foreach (var cut in Cuts.OfAsync(voyage, count, seed))
        {
            (done, most) = (done + 1, Math.Max(most, cut.Acked));
            if (cut.Violations.Count > 0 && wrong++ < Shown)
                Print(cut, voyage.Folder);
            if (DateTime.UtcNow - said < SaysEvery)
                continue;
            said = DateTime.UtcNow;
            Console.WriteLine($"  {done} of {count} points, {wrong} of them with violations");
        }
        Console.WriteLine($"{Path.GetFileName(voyage.Folder)}: {voyage.Changes().Count} changes of the disk, up to {most} acknowledgements; the power went at {done} points, {wrong} of them with violations");
        // Few of those that were asked for are a record in which little happened, and prove nothing.
        return wrong == 0 && done * 2 > count;
    }

    private static void Print(Cut cut, string folder)
    {
        Console.WriteLine($"Before change {cut.Moment.Point} ({cut.Moment.Loss}), with {cut.Acked} acknowledgements: {cut.Violations.Count} violations. Again: tests/torture point {folder} {cut.Moment.Seed} {cut.Moment.Point}");
        foreach (var violation in cut.Violations.Take(3))
            Console.WriteLine($"  {violation}");
    }
}
