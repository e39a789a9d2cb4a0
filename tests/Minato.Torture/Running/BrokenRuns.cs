using System.Diagnostics;
using Minato.Torture.Broken;
using Minato.Torture.Checking;
using Minato.Torture.Faults;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Running;

/// <summary>A checker that cannot fail proves nothing: each server that is broken on purpose must be caught, for what it breaks.</summary>
internal static class BrokenRuns
{
    /// <summary>More is done than in a long run: each has only some seconds to be caught.</summary>
    private const int Pause = 100;

    /// <summary>Each longer than the one before: on a busy machine little happens in a few seconds.</summary>
    private const int Attempts = 4;

    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var harbour = new Harbour();
        var isGood = true;
        foreach (var breakage in Breakage.All)
        {
            var faults = AllFaults.Churn.UnionBy(AllFaults.Known, f => f.Name).Where(f => breakage.Faults.Contains(f.Name)).ToList();
            var clock = Stopwatch.StartNew();
            Violation? caught = null;
            for (var attempt = 1; attempt <= Attempts && caught is null; attempt++)
                caught = await CatchAsync(breakage, options with { Time = options.Time * attempt, Seed = options.Seed + attempt }, faults, harbour);
            var took = $"after {clock.Elapsed.TotalSeconds:0} s";
            Console.WriteLine(caught is null ? $"NOT CAUGHT: {breakage.Name} (seed {options.Seed})" : $"caught: {breakage.Name} {took}: {caught.Promise}: {caught.What}");
            isGood &= caught is not null;
        }
        return isGood;
    }

    private static async Task<Violation?> CatchAsync(Breakage breakage, TortureOptions options, IReadOnlyList<Fault> faults, Harbour harbour)
    {
        var folder = Directory.CreateTempSubdirectory("minato-torture-").FullName;
        try
        {
            await TortureRun.RecordAsync(folder, options, Pause, faults, harbour, (address, data) => [Environment.ProcessPath!, "serve", breakage.Name, address, data]);
            return Checker.Check(Verdict.Load(folder)).FirstOrDefault(v => breakage.Promises.Contains(v.Promise));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
