using System.Net;

namespace Minato.Torture.Staging.Wires;

/// <summary>
/// A network namespace of the server's own, and the one wire that leads to it. tests/torture has put us into namespaces of our own (network, mounts,
/// processes), so that nothing of this is seen by the machine, and all of it goes with us, however we end.
/// </summary>
internal sealed class Harbour
{
    private const string Name = "harbour";

    public Harbour()
    {
        // Names of namespaces are files: these are seen by us alone.
        Directory.CreateDirectory("/run/netns");
        Tool.Run("mount", "-t", "tmpfs", "tmpfs", "/run/netns");
        Tool.Run("ip", "netns", "add", Name);
        var (here, there) = (new TunDevice("quay"), new TunDevice("ship"));
        Tool.Run("ip", "link", "set", "ship", "netns", Name);
        Tool.Run("ip", "addr", "add", "10.77.0.1/30", "dev", "quay");
        Tool.Run("ip", "link", "set", "quay", "up");
        Tool.Run("ip", "link", "set", "lo", "up");
        Tool.Run("ip", "-n", Name, "addr", "add", "10.77.0.2/30", "dev", "ship");
        Tool.Run("ip", "-n", Name, "link", "set", "ship", "up");
        Tool.Run("ip", "-n", Name, "link", "set", "lo", "up");
        Cable = new Cable(here, there);
    }

    public Cable Cable { get; }

    public IPEndPoint Server { get; } = new(IPAddress.Parse("10.77.0.2"), 8080);

    /// <summary>A command line that runs inside.</summary>
    public static string[] Inside(params string[] command) => ["ip", "netns", "exec", Name, .. command];
}
