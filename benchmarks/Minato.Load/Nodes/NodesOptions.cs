using System.Globalization;

namespace Minato.Load.Nodes;

/// <summary>What to measure of several servers on one database, and how long.</summary>
/// <param name="Seconds">Counted in each round.</param>
/// <param name="Heat">Seconds of talk for each node before anything is counted: what compiles while it runs has compiled by then.</param>
/// <param name="Senders">In each room, each with one post under way.</param>
/// <param name="Clients">Who lose the node that is killed.</param>
/// <param name="Postgres">A server on which databases can be made; null: one is started.</param>
/// <param name="Only">The parts to measure.</param>
internal sealed record NodesOptions(IReadOnlyList<string> Only, int Rounds = 3, double Seconds = 5, double Heat = 2, int Rooms = 100, int Senders = 3, int Clients = 5000, string? Postgres = null)
{
    internal const string Usage = """
        usage: Minato.Load nodes [--rounds 3] [--seconds 5] [--rooms 100] [--senders 3] [--clients 5000] [--only posts,latency,idle,killed] [--postgres CONNECTION] [--quick]
          seconds   counted in each round; idle nodes are watched for as long as all rounds take
          senders   in each room, each with one post under way
          clients   members of 20 rooms whose node is killed
          only      posts: durable posts a second of 1, 2 and 3 nodes; latency: across nodes and within one; idle: what a node asks of the database that has
                    nothing to do; killed: how soon those of a killed node are in step at another
          postgres  a server on which databases can be made, as Host=…;Username=…; without it one is started, with fsync, and ended
          quick     one short round: shows that it runs, measures nothing
        """;

    /// <summary>What is measured, in this order.</summary>
    internal static IReadOnlyList<string> Parts { get; } = ["posts", "latency", "idle", "killed"];

    internal static bool TryParse(string[] args, out NodesOptions options)
    {
        options = new NodesOptions(Parts);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                options = options with { Rounds = 1, Seconds = 0.5, Heat = 0.3, Rooms = 10, Clients = 200 };
                continue;
            }
            if (i + 1 == args.Length)
                return false;
            var (name, value) = (args[i], args[++i]);
            var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : double.NaN;
            var words = value.Split(',');
            switch (name)
            {
                case "--rounds" when number is >= 1 and <= 20: options = options with { Rounds = (int)number }; break;
                case "--seconds" when number is > 0 and <= 60: options = options with { Seconds = number }; break;
                case "--rooms" when number is >= 1 and <= 500: options = options with { Rooms = (int)number }; break;
                case "--senders" when number is >= 1 and <= 10: options = options with { Senders = (int)number }; break;
                case "--clients" when number is >= 20 and <= 9000: options = options with { Clients = (int)number }; break;
                case "--only" when Array.TrueForAll(words, Parts.Contains): options = options with { Only = words }; break;
                case "--postgres": options = options with { Postgres = value }; break;
                default: return false;
            }
        }
        return true;
    }
}
