using System.Globalization;
using System.Net;

namespace Minato.Torture.Fleet;

/// <param name="Servers">One log, wherever one asks for it.</param>
/// <param name="Histories">The folder for what they write down, a file for each client.</param>
/// <param name="Pause">Milliseconds between two acts of one client, on average.</param>
/// <param name="Links">Secrets that open private rooms, one for each.</param>
/// <param name="Keys">More of them, <c>#room SECRET</c>, for those who are somebody new each time.</param>
/// <param name="Rooms">The public rooms' slugs, with #.</param>
internal sealed record FleetOptions(int Number, IPEndPoint[] Servers, int Seed, string Histories, int Sockets, int Terminals, int Requests, int Ircs, int Pause, string[] Rooms, string[] Links, string[] Keys)
{
    public string[] ToArguments() =>
    [
        "fleet", Text(Number), string.Join(',', (object[])Servers), Text(Seed), Histories, Text(Sockets), Text(Terminals), Text(Requests), Text(Ircs), Text(Pause), string.Join(',', Rooms), string.Join(',', Links), string.Join(',', Keys),
    ];

    public static FleetOptions Parse(string[] args) => new(
        Parsed(args[1]), [.. args[2].Split(',').Select(IPEndPoint.Parse)], Parsed(args[3]), args[4], Parsed(args[5]), Parsed(args[6]), Parsed(args[7]), Parsed(args[8]), Parsed(args[9]),
        args[10].Split(',', StringSplitOptions.RemoveEmptyEntries), args[11].Split(',', StringSplitOptions.RemoveEmptyEntries),
        args[12].Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Parsed(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
