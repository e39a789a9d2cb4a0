using System.Globalization;

namespace Minato.Fuzz.Running;

/// <param name="Share">The time of each target.</param>
/// <param name="Target">Null: all of them.</param>
/// <param name="Costs">Whether to measure in place of searching.</param>
internal sealed record FuzzOptions(TimeSpan Share, int Seed, string? Target, bool Costs)
{
    public bool Runs(string target) => Target is null || Target == target;

    public static bool TryParse(string[] args, string[] targets, out FuzzOptions options)
    {
        var minutes = 1.0;
        options = new FuzzOptions(default, Random.Shared.Next(), null, args is ["--costs"]);
        for (var i = 0; i < args.Length && !options.Costs; i += 2)
            switch (args[i], i + 1 < args.Length ? args[i + 1] : "")
            {
                case ("--minutes", var text) when double.TryParse(text, CultureInfo.InvariantCulture, out minutes) && minutes > 0:
                    break;
                case ("--seed", var text) when int.TryParse(text, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case ("--target", var name) when targets.Contains(name):
                    options = options with { Target = name };
                    break;
                default:
                    return false;
            }
        options = options with { Share = TimeSpan.FromMinutes(minutes / (options.Target is null ? targets.Length : 1)) };
        return true;
    }
}
