using Minato.Torture.Faults;
using Minato.Torture.Fleet;
using Minato.Torture.Histories;
using Minato.Torture.Staging;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Running;

/// <summary>One run: the stage is set, clients act, faults strike, everybody comes back, and all that was seen is held against what is stored.</summary>
internal static class TortureRun
{
    private const int Fleets = 4, Sockets = 8, Terminals = 2, Requests = 2, DiskMegabytes = 1024;

    /// <summary>Milliseconds between two acts of one client: some hundred acts a second in all, so that a history of half an hour can be held in memory.</summary>
    private const int Pause = 300;

    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);

    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var folder = options.Keep ?? Directory.CreateTempSubdirectory("minato-torture-").FullName;
        Directory.CreateDirectory(folder);
        Console.WriteLine($"seed {options.Seed}, histories in {folder}");
        var random = new Random(options.Seed);
        using var page = new FaultPage(Path.Combine(folder, "faults"));
        var disk = new Disk(Path.Combine(folder, "disk"), DiskMegabytes);
        var data = Path.Combine(disk.Folder, "data");
        var harbour = new Harbour();
        using var server = new Server(
            Harbour.Inside(Program.Executable, harbour.Server.ToString(), "--access", "guests", "--data", data, "--no-rate-limits"), Program.Preload, page, Path.Combine(folder, "server.log"));
        var serving = server.RunAsync();
        await server.ReadyAsync();
        var rooms = await Rooms.MakeAsync(new Uri($"http://{harbour.Server}"));
        Environment.SetEnvironmentVariable(FleetProgram.KeeperVariable, rooms.Keeper);
        var fleets = new List<FleetProcess>();
        for (var i = 0; i < Fleets; i++)
            fleets.Add(new FleetProcess(new FleetOptions(i, harbour.Server, random.Next(), Path.Combine(folder, $"fleet{i}.history"), Sockets, Terminals, Requests, Pause, rooms.Public, rooms.Links)));
        var struck = Path.Combine(folder, "faults.history");
        using (var recorder = new Recorder(struck))
        {
            var schedule = new Schedule(new Stage(server, harbour.Cable, disk, page, fleets), recorder, options.Seed);
            await Progress.WhileAsync(schedule.RunAsync(options.Time), options.Time, schedule, server, fleets);
        }
        await server.ReadyAsync();
        fleets.ForEach(f => f.Tell("settle"));
        foreach (var fleet in fleets)
            await fleet.ExpectAsync("settled", SettleWithin);
        fleets.ForEach(f => f.Tell("end"));
        foreach (var fleet in fleets)
            await fleet.ExpectAsync("ended", SettleWithin);
        await server.StopAsync(serving);
        File.Copy(Path.Combine(data, "minato.db"), Path.Combine(folder, "minato.db"), overwrite: true);
        fleets.ForEach(f => f.Dispose());
        var isKept = Verdict.Print(folder);
        if (server.Complaint is { } complaint)
            Console.WriteLine(complaint);
        var isGood = isKept && server.Complaint is null;
        if (!isGood)
            Console.WriteLine($"Look again: tests/torture check {folder}   ·   again from the beginning: tests/torture --seed {options.Seed} --minutes {options.Time.TotalMinutes}");
        return isGood;
    }
}
