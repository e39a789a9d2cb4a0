using System.Globalization;

namespace Minato.Torture.Running;

/// <param name="Time">How long faults strike; of a soak, how long it is watched.</param>
/// <param name="Keep">Where the histories stay; null: a temporary folder, which goes where nothing was found.</param>
/// <param name="Power">The power goes, and nothing else.</param>
/// <param name="Points">How often, in one record.</param>
/// <param name="Soak">Nothing fails; clients come and go, and what the server holds is watched.</param>
/// <param name="Nodes">Servers, which have one PostgreSQL where they are several.</param>
/// <param name="Standby">Whether their PostgreSQL has a synchronous standby, which takes over.</param>
/// <param name="Broken">Whether to torture servers that are broken on purpose, one after the other, to see that each is caught.</param>
internal sealed record TortureOptions(TimeSpan Time, int Seed, bool Postgres, bool Broken, string? Keep, bool Power = false, int Points = 60, bool Soak = false, int Nodes = 1, bool Standby = false)
{
    public const string Usage = """
        usage: tests/torture [--minutes 1] [--seed N] [--postgres | --nodes N [--standby]] [--broken] [--keep FOLDER]
          minutes    how long faults strike; then everybody comes back, and what they saw is held against the log
          seed       what strikes, when and how hard, and what the clients do
          postgres   the log in PostgreSQL, not SQLite
          nodes      so many servers on one PostgreSQL, each with a wire to it; clients go from one to the other
          standby    its PostgreSQL has a synchronous standby, which takes over
          broken     servers that are broken on purpose, each for this long: the checker must catch every one
          keep       a folder for the histories, one line for each thing that anybody did, was told or saw
               tests/torture check FOLDER    looks at kept histories once more

        usage: tests/torture --soak [--minutes 60] [--seed N] [--postgres] [--keep FOLDER]
          soak       nothing fails; clients come, go, freeze and break off, and the server's memory, descriptors and threads must not grow

        usage: tests/torture --power [--points 60] [--minutes 1] [--seed N] [--broken] [--keep FOLDER]
          power      every change of the disk is recorded while clients act; then the power goes at so many points of the record, and the
                     server starts on each disk that is left
          minutes    how long clients act
          broken     besides, what asks the disk for less than it should: each must be caught
          keep       a folder for the records
               tests/torture point FOLDER/new SEED POINT    one point of a kept record, once more
        """;

    /// <summary>Each has networks of its own.</summary>
    private const int MaxNodes = 9;

    private static readonly TimeSpan DefaultTime = TimeSpan.FromMinutes(1);

    /// <summary>What grows slowly shows in that.</summary>
    private static readonly TimeSpan DefaultSoak = TimeSpan.FromMinutes(60);

    public bool HasNodes => Nodes > 1;

    public static TortureOptions? Parse(string[] args)
    {
        TimeSpan? time = null;
        var options = new TortureOptions(DefaultTime, Random.Shared.Next(), Postgres: false, Broken: false, Keep: null);
        for (var i = 0; i < args.Length; i++)
            switch (args[i], i + 1 < args.Length ? args[i + 1] : "")
            {
                case ("--postgres", _):
                    options = options with { Postgres = true };
                    break;
                case ("--nodes", var text) when int.TryParse(text, CultureInfo.InvariantCulture, out var nodes) && nodes is > 1 and <= MaxNodes:
                    options = options with { Nodes = nodes, Postgres = true };
                    i++;
                    break;
                case ("--standby", _):
                    options = options with { Standby = true };
                    break;
                case ("--power", _):
                    options = options with { Power = true };
                    break;
                case ("--points", var text) when int.TryParse(text, CultureInfo.InvariantCulture, out var points) && points > 0:
                    options = options with { Points = points };
                    i++;
                    break;
                case ("--soak", _):
                    options = options with { Soak = true };
                    break;
                case ("--broken", _):
                    options = options with { Broken = true };
                    break;
                case ("--minutes", var text) when double.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    time = TimeSpan.FromMinutes(minutes);
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
        if (options is { Standby: true, HasNodes: false })
            return null;
        return options with { Time = time ?? (options.Soak ? DefaultSoak : DefaultTime) };
    }
}
