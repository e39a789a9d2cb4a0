namespace Minato.Torture.Staging.Wires;

/// <summary>
/// Where servers lie, each in a network namespace of its own. tests/torture has put us into namespaces of our own (network, mounts, processes), so that
/// nothing of this is seen by the machine, and all of it goes with us, however we end.
/// </summary>
internal sealed class Harbour
{
    /// <param name="berths">For how many servers.</param>
    /// <param name="withDatabase">Whether a wire leads from each to a database, too.</param>
    public Harbour(int berths = 1, bool withDatabase = false)
    {
        // Names of namespaces are files: these are seen by us alone.
        Directory.CreateDirectory("/run/netns");
        Tool.Run("mount", "-t", "tmpfs", "tmpfs", "/run/netns");
        Tool.Run("ip", "link", "set", "lo", "up");
        Berths = [.. Enumerable.Range(1, berths).Select(number => new Berth(number, withDatabase))];
    }

    public IReadOnlyList<Berth> Berths { get; }
}
