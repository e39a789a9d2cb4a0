using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Torture.Broken;
using Minato.Torture.Checking;
using Minato.Torture.Power.Recording;

namespace Minato.Torture.Power.Running;

/// <summary>Servers that ask the disk for less than they promise: each must be caught, by the same points and the same checks.</summary>
internal static class BrokenPowerRuns
{
    /// <summary>Where it is looked until one is found: a right server stands all of them.</summary>
    private const int Points = 60;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    /// <summary>Recorded anew, because they answer at other moments.</summary>
    public static IReadOnlyList<Breakage> Stores { get; } =
    [
        new("never-syncs", ["G1"], [], static (store, _) => Told(store, "off")),
        new("syncs-at-checkpoints-only", ["G1"], [], static (store, _) => Told(store, "normal")),
        new("acknowledges-before-sync", ["G1"], [], EarlyStore.Over),
    ];

    /// <summary>As the right server is recorded, without the syncs of these paths below the root: what would be there had nobody asked for them.</summary>
    private static readonly (string Name, Func<string, bool> Forgets)[] s_syncs =
    [
        ("forgets-the-way-to-its-folder", static path => path is "" or "srv"),
        ("forgets-the-folder-of-its-database", static path => path == Voyage.Data),
        ("forgets-the-folder-of-its-files", static path => path == $"{Voyage.Data}/files"),
        ("forgets-the-name-of-a-file", static path => path.StartsWith($"{Voyage.Data}/files/", StringComparison.Ordinal) && Path.GetFileName(path).Length == 2),
        ("forgets-the-bytes-of-a-file", static path => path.StartsWith($"{Voyage.Data}/files/", StringComparison.Ordinal) && Path.GetFileName(path).Length > 2),
        ("forgets-the-log-of-its-database", static path => path.EndsWith("-wal", StringComparison.Ordinal)),
        ("forgets-its-backup", static path => path.StartsWith("backup.db", StringComparison.Ordinal)),
        ("forgets-who-serves", static path => path.Contains("server.json", StringComparison.Ordinal) || path.Contains("ready.json", StringComparison.Ordinal)),
        ("forgets-its-database", static path => path.EndsWith("minato.db", StringComparison.Ordinal)),
    ];

    private static readonly (string Name, Func<string, bool> Forgets)[] s_syncsOfMigration =
    [
        ("forgets-the-copy-before-a-migration", static path => path.Contains(".before-2", StringComparison.Ordinal)),
    ];

    private static readonly (string Name, Func<string, bool> Forgets)[] s_syncsOfRestore =
    [
        ("forgets-the-copy-of-a-restore", static path => path.EndsWith("minato.db.partial", StringComparison.Ordinal)),
        ("forgets-the-folder-of-a-restore", static path => path == Voyage.Data),
    ];

    private static readonly (string Name, Func<string, bool> Forgets)[] s_syncsOfPorts =
    [
        ("forgets-the-ports-of-names", static path => path.Contains("sticky", StringComparison.Ordinal)),
    ];

    private static readonly (string Name, Func<string, bool> Forgets)[] s_syncsOfClient =
    [
        ("client-forgets-its-folder", static path => path.Length == 0),
        ("client-forgets-its-file", static path => path.Length > 0),
    ];

    /// <summary>Given records of what is right.</summary>
    public static async Task<bool> RunAsync(Voyage right, Voyage migrating, Voyage restored, Voyage client, Voyage ports, int seed)
    {
        var isGood = true;
        foreach (var (voyage, syncs) in new[] { (client, s_syncsOfClient), (ports, s_syncsOfPorts), (migrating, s_syncsOfMigration), (restored, s_syncsOfRestore), (right, s_syncs) })
            foreach (var (name, forgets) in syncs)
                isGood &= Say(name, await FirstAsync(voyage, seed, forgets));
        foreach (var breakage in Stores)
        {
            var voyage = new Voyage(Scratch.New("record").FullName);
            await voyage.MakeAsync(seed, Time, lives: 1, isOld: false, (address, data) => [Environment.ProcessPath!, "serve", breakage.Name, address, data]);
            isGood &= Say(breakage.Name, await FirstAsync(voyage, seed, forgets: null));
            Directory.Delete(voyage.Folder, recursive: true);
        }
        return isGood;
    }

    private static bool Say(string name, Violation? caught)
    {
        Console.WriteLine(caught is null ? $"NOT CAUGHT: {name}" : $"caught: {name}: {caught.Promise}: {caught.What}");
        return caught is not null;
    }

    private static async Task<Violation?> FirstAsync(Voyage voyage, int seed, Func<string, bool>? forgets)
    {
        await foreach (var cut in Cuts.OfAsync(voyage, Points, seed, forgets))
            if (cut.Violations.Count > 0)
                return cut.Violations[0];
        return null;
    }

    private static IStore Told(IStore store, string synchronous)
    {
        ((SqliteStore)store).Writer.Execute($"pragma synchronous = {synchronous}");
        return store;
    }
}
