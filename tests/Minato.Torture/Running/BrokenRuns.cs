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

    private static readonly string[] Faults = ["kill", "partition", "cut-inside-frame"];

    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var harbour = new Harbour();
        var faults = AllFaults.Known.Where(f => Faults.Contains(f.Name)).ToList();
        var isGood = true;
        foreach (var breakage in Breakage.All)
        {
            var folder = Directory.CreateTempSubdirectory("minato-torture-").FullName;
            await TortureRun.RecordAsync(folder, options, Pause, faults, harbour, (address, data) => [Environment.ProcessPath!, "serve", breakage.Name, address, data]);
            var violations = Checker.Check(Verdict.Load(folder)).ToList();
            var named = violations.Find(v => breakage.Promises.Contains(v.Promise));
            Console.WriteLine(named is null ? $"NOT CAUGHT: {breakage.Name} (seed {options.Seed}, histories in {folder})" : $"caught: {breakage.Name}: {violations.Count} violations, one of them {named.Promise}: {named.What}");
            isGood &= named is not null;
            if (named is not null)
                Directory.Delete(folder, recursive: true);
        }
        return isGood;
    }
}
