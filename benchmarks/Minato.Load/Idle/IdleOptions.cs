using System.Globalization;

namespace Minato.Load.Idle;

/// <param name="Steps">Connections at which is looked, each more than the one before: what one costs is the slope from the first to the last.</param>
/// <param name="Server">Another executable, measured in turn with this tree's; null: none.</param>
internal sealed record IdleOptions(IReadOnlyList<int> Steps, IReadOnlyList<IdleKind> Kinds, int Rounds = 3, string? Server = null)
{
    internal const string Usage = """
        usage: Minato.Load idle [--steps 1000,5000,10000] [--kinds websocket,irc,lines,tls,kestrel] [--rounds 3] [--server FILE]
          steps   connections that are in and say nothing, when it is looked at what the server holds
          kinds   tls: websocket inside TLS; kestrel: connections of Kestrel's with nothing of Minato's behind them
          server  another executable than the one built here, to compare
        """;

    internal static bool TryParse(string[] args, out IdleOptions options)
    {
        options = new IdleOptions([1_000, 5_000, 10_000], IdleKind.All);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                return false;
            var words = args[i + 1].Split(',');
            switch (args[i])
            {
                case "--steps" when Array.TrueForAll(words, w => int.TryParse(w, CultureInfo.InvariantCulture, out _)):
                    options = options with { Steps = [.. words.Select(w => int.Parse(w, CultureInfo.InvariantCulture))] };
                    break;
                case "--kinds" when Array.TrueForAll(words, w => IdleKind.All.Any(k => k.Name == w)):
                    options = options with { Kinds = [.. IdleKind.All.Where(k => words.Contains(k.Name))] };
                    break;
                case "--rounds" when int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var rounds):
                    options = options with { Rounds = rounds };
                    break;
                case "--server":
                    options = options with { Server = args[i + 1] };
                    break;
                default:
                    return false;
            }
        }
        return options is { Rounds: > 0 and <= 20, Steps.Count: > 1 } && options.Steps[0] > 0 && options.Steps[^1] <= 15_000
            && options.Steps.Zip(options.Steps.Skip(1)).All(s => s.First < s.Second);
    }
}
