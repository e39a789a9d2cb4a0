using System.Globalization;

namespace Minato.LogBench;

/// <summary>What to measure, how long, and where.</summary>
/// <param name="Folder">On the disk that is to be measured.</param>
/// <param name="Seconds">Of one run of posting.</param>
/// <param name="WarmUp">Posts before each run that do not count; 3,000 are more than the changed rows between two checkpoints of SQLite.</param>
/// <param name="Messages">In the large data set of the reads; <paramref name="Few"/> in the small one.</param>
/// <param name="Keep">Leaves the data sets in the folder, for the next run to find.</param>
/// <param name="Docs">Writes sections of docs/performance.md and pictures into this folder, too.</param>
internal sealed record BenchOptions(
    string Command, string Store, string? Postgres, string Folder, TimeSpan Seconds, int Rounds, int WarmUp, int Messages, int Few, bool Keep, string? Docs)
{
    internal static readonly string[] Commands = ["posts", "acks", "reads", "disk", "all"];

    internal const string Usage = """
        usage: Minato.LogBench posts|acks|reads|disk|all [--store sqlite|postgres --postgres CONNECTION] [--dir DIR] [--rounds 7] [--seconds 2] [--messages 10000000] [--few 10000]
                               [--keep] [--docs DIR] [--quick]
          posts   acknowledged posts a second, beside a bare writer of the same rows in the same batches
          acks    how long a sender waits for its answer, beside an fsync
          reads   opening a room, history, resume, lists: in few messages and in many
          disk    bytes on disk for each message
          --postgres CONNECTION  of a server on this machine, as one who may create databases; --dir is then only for the fsync beside it
          --dir DIR        where the databases are made (default: the system's temporary folder); reads needs 200 bytes for each message
          --messages, --few  in the data sets of reads
          --keep           leaves these data sets for the next run
          --docs DIR       also writes log-*.md and images/log-*.svg there
          --quick          tiny sizes: shows that it runs, measures nothing
        """;

    internal static bool TryParse(string[] args, out BenchOptions options)
    {
        options = new BenchOptions(
            "all", "sqlite", Postgres: null, Path.Combine(Path.GetTempPath(), "minato-logbench"), TimeSpan.FromSeconds(2), Rounds: 7, WarmUp: 3_000, 10_000_000, 10_000, Keep: false, Docs: null);
        if (args.Length == 0 || !Commands.Contains(args[0]))
            return false;
        options = options with { Command = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] is "--keep" or "--quick")
            {
                options = args[i] == "--keep"
                    ? options with { Keep = true }
                    : options with { Seconds = TimeSpan.FromSeconds(0.1), Rounds = 1, WarmUp = 100, Messages = 4_000, Few = 1_000 };
                continue;
            }
            if (i + 1 == args.Length)
                return false;
            var (name, value) = (args[i], args[++i]);
            var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : double.NaN;
            switch (name)
            {
                case "--postgres": options = options with { Postgres = value }; break;
                case "--store" when value is "sqlite" or "postgres": options = options with { Store = value }; break;
                case "--dir": options = options with { Folder = value }; break;
                case "--docs": options = options with { Docs = value }; break;
                case "--seconds" when number <= 600: options = options with { Seconds = TimeSpan.FromSeconds(number) }; break;
                case "--rounds" when number is >= 1 and <= 1000: options = options with { Rounds = (int)number }; break;
                case "--messages" when number is >= 1000 and <= 1e9: options = options with { Messages = (int)number }; break;
                case "--few" when number is >= 1000 and <= 1e9: options = options with { Few = (int)number }; break;
                default: return false;
            }
        }
        return (options.Store == "postgres") == (options.Postgres is not null);
    }
}
