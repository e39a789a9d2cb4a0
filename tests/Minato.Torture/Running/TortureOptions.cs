using System.Globalization;

namespace Minato.Torture.Running;

/// <param name="Time">How long faults strike.</param>
/// <param name="Keep">Where the histories stay; null: a temporary folder, which goes where nothing was found.</param>
/// <param name="Broken">Whether to torture servers that are broken on purpose, one after the other, to see that each is caught.</param>
internal sealed record TortureOptions(TimeSpan Time, int Seed, bool Postgres, bool Broken, string? Keep)
{
    public const string Usage = """
        usage: tests/torture [--minutes 1] [--seed N] [--postgres] [--broken] [--keep FOLDER]
          minutes    how long faults strike; then everybody comes back, and what they saw is held against the log
          seed       what strikes, when and how hard, and what the clients do
          postgres   the log in PostgreSQL, not SQLite
          broken     servers that are broken on purpose, each for this long: the checker must catch every one
          keep       a folder for the histories, one line for each thing that anybody did, was told or saw
               tests/torture check FOLDER    looks at kept histories once more
        """;

    public static TortureOptions? Parse(string[] args)
    {
        var options = new TortureOptions(TimeSpan.FromMinutes(1), Random.Shared.Next(), Postgres: false, Broken: false, Keep: null);
        for (var i = 0; i < args.Length; i++)
            switch (args[i], i + 1 < args.Length ? args[i + 1] : "")
            {
                case ("--postgres", _):
                    options = options with { Postgres = true };
                    break;
                case ("--broken", _):
                    options = options with { Broken = true };
                    break;
                case ("--minutes", var text) when double.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    options = options with { Time = TimeSpan.FromMinutes(minutes) };
                    i++;
                    break;
                case ("--seed", var text) when int.TryParse(text, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    i++;
                    break;
                case ("--keep", { Length: > 0 } folder):
                    options = options with { Keep = Path.GetFullPath(folder) };
                    i++;
                    break;
                default:
                    return null;
            }
        return options;
    }
}
