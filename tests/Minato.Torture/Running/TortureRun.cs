using Minato.Torture.Faults;
using Minato.Torture.Fleet;
using Minato.Torture.Histories;
using Minato.Torture.Staging;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Running;

/// <summary>One run: the stage is set, clients act, faults strike, everybody comes back, and all that was seen is held against what is stored.</summary>
internal static class TortureRun
{
    private const int Fleets = 4, Sockets = 8, Terminals = 2, Requests = 2, Ircs = 2, DiskMegabytes = 1024;

    /// <summary>Milliseconds between two acts of one client: some hundred acts a second in all, so that a history of half an hour can be held in memory.</summary>
    private const int Pause = 300;

    /// <summary>How long a fleet may say nothing, longer than it waits for its clients, and nobody leave who came over IRC.</summary>
    private static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(2);

    /// <summary>The executable under every fault there is, and what was found.</summary>
    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var folder = options.Keep ?? Directory.CreateTempSubdirectory("minato-torture-").FullName;
        Console.WriteLine($"seed {options.Seed}, histories in {folder}");
        var complaint = await RecordAsync(folder, options, Pause, Faults(options), new Harbour(options.Nodes, options.HasNodes), Serving);
        var isKept = Verdict.Print(folder) && complaint is null;
        if (complaint is not null)
            Console.WriteLine(complaint);
        if (!isKept)
            Console.WriteLine($"Look again: tests/torture check {folder}   ·   again from the beginning: tests/torture --seed {options.Seed} --minutes {options.Time.TotalMinutes}{(options.HasNodes ? $" --nodes {options.Nodes}{(options.Standby ? " --standby" : "")}" : options.Postgres ? " --postgres" : "")}");
        return isKept;
    }

    /// <summary>What starts the executable, at an address with a data folder.</summary>
    public static string[] Serving(string address, string data) => [Program.Executable, address, "--access", "guests", "--data", data, "--no-rate-limits"];

    /// <summary>Lets it happen, and leaves histories and database in the folder.</summary>
    /// <param name="command">The server's, given where to listen and its data folder.</param>
    /// <returns>What the server did that it must not do; null: nothing.</returns>
    /// <param name="pause">Milliseconds between two acts of one client, on average.</param>
    /// <param name="watch">What goes on beside the faults for as long; null: nothing.</param>
    public static async Task<string?> RecordAsync(
        string folder, TortureOptions options, int pause, IReadOnlyList<Fault> faults, Harbour harbour, Func<string, string, string[]> command,
        Func<ServerProcess, TimeSpan, Task>? watch = null)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(options.Seed);
        using var page = new FaultPage(Path.Combine(folder, "faults"));
        using var disk = new Disk(Path.Combine(folder, "disk"), DiskMegabytes);
        using var postgres = options.Postgres ? new Postgres(Path.Combine(disk.Folder, "postgres"), page, folder, options.HasNodes, options.Standby) : null;
        using var cluster = new Cluster(harbour, folder, disk, page, postgres, command);
        await cluster.StartAsync();
        var rooms = await Rooms.MakeAsync(cluster.First);
        Environment.SetEnvironmentVariable(FleetProgram.KeeperVariable, rooms.Keeper);
        var fleets = Enumerable.Range(0, Fleets).Select(i => new FleetProcess(
            new FleetOptions(i, [.. harbour.Berths.Select(b => b.Server)], random.Next(), folder, Sockets, Terminals, Requests, Ircs, pause, rooms.Public, rooms.Links, rooms.Keys))).ToList();
        using (var recorder = new Recorder(Path.Combine(folder, "faults.history")))
        {
            var schedule = new Schedule(faults, new Stage(cluster.Nodes, postgres, disk, page, fleets), recorder, options.Seed);
            var watching = watch?.Invoke(cluster.Nodes[0].Server, options.Time) ?? Task.CompletedTask;
            await Progress.WhileAsync(Task.WhenAll(schedule.RunAsync(options.Time), watching), options.Time, schedule, cluster.Nodes, folder);
        }
        await cluster.ReadyAsync();
        string?[] stuck =
        [
            await cluster.InStepAsync(SilentFor),
            await AllAsync(fleets, "settle", FleetProgram.Settled),
            await rooms.WithoutIrcAsync(cluster.First, SilentFor),
            await AllAsync(fleets, "end", FleetProgram.Ended),
        ];
        await cluster.StopAsync();
        StoredLogFile.Write(Path.Combine(folder, "stored.json"), LogReader.Read(cluster.Data, postgres?.Primary.Connection));
        fleets.ForEach(f => f.Dispose());
        return cluster.Complaint ?? stuck.FirstOrDefault(s => s is not null);
    }

    private static IReadOnlyList<Fault> Faults(TortureOptions options) =>
    [
        .. AllFaults.Known,
        .. options.Postgres ? AllFaults.OfPostgres : [],
        .. options.HasNodes ? NodeFaults.All : [],
        .. options.Standby ? NodeFaults.OfStandby : [],
    ];

    /// <returns>A sentence where one does not do it; null: all did.</returns>
    private static async Task<string?> AllAsync(List<FleetProcess> fleets, string order, string answer)
    {
        fleets.ForEach(f => f.Tell(order));
        string? complaint = null;
        foreach (var fleet in fleets)
            if (await fleet.AnswerAsync(SilentFor) is var said && said != answer)
                complaint ??= $"A fleet was told to {order} and said \"{said}\".";
        return complaint;
    }
}
