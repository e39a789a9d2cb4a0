namespace Minato.Load.Peers;

/// <summary>So many clients, in so many rooms; in each, one client keeps so many posts under way.</summary>
internal sealed record Workload(string Name, int Rooms, int Window)
{
    internal static readonly Workload[] All = [new("W1", 1, 64), new("W1m", 1, 16), new("W1s", 1, 1), new("W2", 100, 16)];

    /// <summary>Those that the same clients can do one after the other, since they are in the same rooms.</summary>
    internal static IEnumerable<IGrouping<int, Workload>> ByRooms => All.GroupBy(w => w.Rooms);

    internal string Title(int clients) => Rooms == 1
        ? $"{Name}: one room of {clients}, {Window} {(Window == 1 ? "post" : "posts")} under way"
        : $"{Name}: {Rooms} rooms of {clients / Rooms}, {Window} posts under way in each";
}
