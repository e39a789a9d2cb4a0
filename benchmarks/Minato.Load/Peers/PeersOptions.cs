using System.Globalization;

namespace Minato.Load.Peers;

/// <summary>What to measure side by side, how long, and where.</summary>
/// <param name="Folder">For data folders, on the disk that is to be measured, and for what was measured so far.</param>
/// <param name="Docs">The page and its pictures are written below this folder.</param>
/// <param name="Only">Names of peers, or parts of them; empty: all.</param>
/// <param name="Heat">Seconds of talk with a fresh server before anything is measured: what compiles while it runs has compiled by then.</param>
/// <param name="Minutes">No round begins later; what there is by then is reported.</param>
/// <param name="Again">Forgets what an earlier, unfinished run has left.</param>
/// <param name="IsQuick">Shows that it runs, and leaves the results of real runs as they are.</param>
internal sealed record PeersOptions(string Folder, string? Docs, string[] Only, int Clients = 1000, int Rounds = 5, double Seconds = 1.5, double WarmUp = 0.4, double Heat = 2, double Minutes = 18, bool Again = false, bool IsQuick = false)
{
    internal const string Usage = """
        usage: benchmarks/load [--rounds 5] [--seconds 1.5] [--clients 1000] [--minutes 18] [--only NAME,NAME] [--dir DIR] [--docs DIR] [--again] [--quick]
          --minutes  no round begins later, and what there is by then is reported
          --only     peers by a part of their names; the floor is always there
          --dir      for the data folders, on the disk that is to be measured, and for results so far: a run that was ended goes on where it was (default: artifacts/load)
          --docs     writes beside-others.md and images/load-*.svg there
          --again    begins anew, whatever an earlier run has left
          --quick    one short round: shows that it runs, measures nothing
        """;

    internal static bool TryParse(string[] args, out PeersOptions options)
    {
        options = new PeersOptions(Path.Combine(Tree.Root, "artifacts", "load"), Docs: null, Only: []);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--again" or "--quick")
            {
                options = args[i] == "--again" ? options with { Again = true } : options with { Clients = 200, Rounds = 1, Seconds = 0.2, WarmUp = 0.1, Heat = 0.1, IsQuick = true };
                continue;
            }
            if (i + 1 == args.Length)
                return false;
            var (name, value) = (args[i], args[++i]);
            var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : double.NaN;
            switch (name)
            {
                case "--rounds" when number is >= 1 and <= 100: options = options with { Rounds = (int)number }; break;
                case "--seconds" when number is > 0 and <= 60: options = options with { Seconds = number }; break;
                case "--clients" when number is >= 200 and <= 9000: options = options with { Clients = (int)number }; break;
                case "--minutes" when number > 0: options = options with { Minutes = number }; break;
                case "--only": options = options with { Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries) }; break;
                case "--dir": options = options with { Folder = Path.GetFullPath(value) }; break;
                case "--docs": options = options with { Docs = Path.GetFullPath(value) }; break;
                default: return false;
            }
        }
        return true;
    }
}
