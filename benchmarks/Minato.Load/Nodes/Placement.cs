namespace Minato.Load.Nodes;

/// <summary>Where those are who talk.</summary>
/// <param name="NodeOf">Of a room's number and a sender's in it.</param>
internal sealed record Placement(string Name, int Nodes, Func<int, int, int> NodeOf)
{
    /// <summary>One node first: the others are set beside it.</summary>
    internal static IReadOnlyList<Placement> All { get; } =
    [
        new("1 node", 1, (_, _) => 0),
        new("2 nodes, each room on all", 2, (room, sender) => (room + sender) % 2),
        new("3 nodes, each room on all", 3, (room, sender) => (room + sender) % 3),
        new("2 nodes, each room on one", 2, (room, _) => room % 2),
        new("3 nodes, each room on one", 3, (room, _) => room % 3),
    ];
}
