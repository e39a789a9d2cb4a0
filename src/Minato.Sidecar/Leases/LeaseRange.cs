using System.Globalization;

namespace Minato.Sidecar;

/// <summary>Ports that are leased: none that a system gives to outgoing connections or to whoever binds port 0.</summary>
/// <param name="First">The lowest port.</param>
/// <param name="Last">The highest port, itself included.</param>
internal readonly record struct LeaseRange(int First, int Last)
{
    /// <summary>
    /// 16384 to 29999: below the default ephemeral ranges (Linux 32768, macOS, Windows and IANA 49152) and below what Kubernetes
    /// gives to its services (30000).
    /// </summary>
    internal static readonly LeaseRange Default = new(16384, 29999);

    /// <summary>Fewer are no choice: a thousand leases at once are a test run, not an accident.</summary>
    private const int Fewest = 2_000;

    internal int Count => Last - First + 1;

    /// <summary>That of this machine: the default one, unless somebody has moved the ephemeral range over it.</summary>
    internal static LeaseRange OfThisMachine()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Beside(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range")) : Default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Default;
        }
    }

    /// <param name="ephemeral">Two numbers: <c>32768	60999</c>.</param>
    internal static LeaseRange Beside(string ephemeral)
    {
        var numbers = ephemeral.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length != 2 || !TryParse(numbers[0], out var first) || !TryParse(numbers[1], out var last))
            return Default;
        if (first > Default.Last || last < Default.First)
            return Default;
        var (below, above) = (new LeaseRange(1024, first - 1), new LeaseRange(last + 1, 65535));
        var larger = below.Count >= above.Count ? below : above;
        // Everything is ephemeral here: the lease still keeps other leases away, and the binding shows the rest.
        return larger.Count >= Fewest ? larger : Default;
    }

    /// <summary>Every port once, in an order that begins anywhere, or where a name says.</summary>
    internal IEnumerable<int> From(int start)
    {
        // A prime that divides no count of ports here walks through all of them, and neighbours do not queue behind each other.
        const int Stride = 7919;
        for (long i = 0; i < Count; i++)
            yield return First + (int)((start + i * Stride) % Count);
    }

    private static bool TryParse(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
