using System.Globalization;

namespace Minato.Load;

/// <summary>What to load a server with.</summary>
/// <param name="Irc">Whether they are IRC clients, of two sets of capabilities.</param>
/// <param name="Stopped">The part of the clients, 0 to 1, that stop reading once they are welcome.</param>
internal sealed record LoadOptions(int Clients = 500, int Window = 64, int Size = 100, int Seconds = 4, int Rounds = 5, double Stopped = 0.1, bool Memory = false, bool Irc = false)
{
    internal static bool TryParse(string[] args, out LoadOptions options)
    {
        options = new LoadOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--memory" or "--irc")
            {
                options = args[i] == "--irc" ? options with { Irc = true } : options with { Memory = true };
                continue;
            }
            if (i + 1 >= args.Length || !double.TryParse(args[++i], CultureInfo.InvariantCulture, out var value) || value < 0)
                return false;
            switch (args[i - 1])
            {
                case "--clients": options = options with { Clients = (int)value }; break;
                case "--window": options = options with { Window = (int)value }; break;
                case "--size": options = options with { Size = (int)value }; break;
                case "--seconds": options = options with { Seconds = (int)value }; break;
                case "--rounds": options = options with { Rounds = (int)value }; break;
                case "--stopped": options = options with { Stopped = value }; break;
                default: return false;
            }
        }
        return options is { Clients: > 1 and <= 9000, Window: > 0 and <= 64, Size: >= 40 and <= 10_000, Seconds: > 0 and <= 60, Rounds: > 0 and <= 50, Stopped: < 1 }
            // A line of IRC has to hold it.
            && (!options.Irc || options.Size <= 400);
    }
}
