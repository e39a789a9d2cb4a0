using System.Globalization;

namespace Minato.Load.Storms;

/// <param name="Clients">Who lose the server, spread over the rooms.</param>
/// <param name="Server">Another executable than this tree's, to compare.</param>
/// <param name="Bystanders">Who talk to each other in a room of their own, and whose latency tells what others feel.</param>
internal sealed record StormOptions(int Clients = 5000, int Rooms = 20, int Bystanders = 50, int Rounds = 1, string? Server = null)
{
    internal const string Usage = """
        usage: Minato.Load storm [--clients 5000] [--rooms 20] [--bystanders 50] [--rounds 1] [--server FILE]
          clients     members who lose the server at once: their connections reset, the server drained (SIGTERM), the server killed (kill -9)
          rooms       in which they are, in equal parts; one in each says something every second
          bystanders  in a room of their own, a hundred posts a second between them: how long a post takes before, during and after
          server      another executable than the one built here, to compare
        """;

    internal static bool TryParse(string[] args, out StormOptions options)
    {
        options = new StormOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 < args.Length && args[i] == "--server")
            {
                options = options with { Server = args[i + 1] };
                continue;
            }
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value))
                return false;
            switch (args[i])
            {
                case "--clients": options = options with { Clients = value }; break;
                case "--rooms": options = options with { Rooms = value }; break;
                case "--bystanders": options = options with { Bystanders = value }; break;
                case "--rounds": options = options with { Rounds = value }; break;
                default: return false;
            }
        }
        return options is { Clients: > 0 and <= 9000, Rooms: > 0 and <= 500, Bystanders: > 1 and <= 200, Rounds: > 0 and <= 20 } && options.Rooms <= options.Clients;
    }
}
