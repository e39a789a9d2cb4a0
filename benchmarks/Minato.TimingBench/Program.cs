using System.Globalization;
using Minato.TimingBench;

// Whether time tells what answers do not: two questions that are answered alike, asked in turn over one connection each time anew in random
// order, so that whatever else the machine does falls on both. docs/security has figures.
const string usage = "Usage: Minato.TimingBench rooms|logins [ASKS]   how often each question is asked; 4000 if absent";
if (args is not (["rooms" or "logins"] or ["rooms" or "logins", _]))
{
    Console.Error.WriteLine(usage);
    return 2;
}
var asks = 4_000;
if (args.Length == 2 && (!int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out asks) || asks < 10))
{
    Console.Error.WriteLine(usage);
    return 2;
}

Console.WriteLine($"{asks} asks of each, in pairs. Told apart: how often the first of a pair took longer; 0.500 is chance, and 95 % of chance lies within ± {Comparison.Chance(asks):0.000}.");
await foreach (var (title, first, second, server) in args[0] == "rooms" ? Scenes.RoomsAsync() : Scenes.LoginsAsync())
    Console.WriteLine(Comparison.Run(title, server, first, second, asks));
return 0;
