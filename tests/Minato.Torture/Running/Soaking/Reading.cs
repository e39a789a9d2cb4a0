using System.Globalization;

namespace Minato.Torture.Running.Soaking;

/// <summary>What the server holds at one moment.</summary>
/// <param name="Resident">Memory, in bytes, of which <paramref name="Managed"/> is .NET's heap, what nobody uses any more included.</param>
/// <param name="Connections">Connections that it has had so far.</param>
internal sealed record Reading(TimeSpan At, long Resident, long Managed, int Descriptors, int Threads, long Connections)
{
    /// <summary>Of the lines that readings are written as.</summary>
    public static string Heading => "seconds,resident,managed,descriptors,threads,connections";

    /// <param name="metrics">The server's own page of them.</param>
    public static Reading Of(TimeSpan at, int pid, string metrics) => new(
        at, Metric(metrics, "process_resident_memory_bytes"), Metric(metrics, "minato_managed_memory_bytes"),
        Directory.GetFiles($"/proc/{pid}/fd").Length, Directory.GetDirectories($"/proc/{pid}/task").Length, Metric(metrics, "minato_connections_total{"));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0},{Resident},{Managed},{Descriptors},{Threads},{Connections}");

    /// <summary>The sum over all lines that begin so.</summary>
    private static long Metric(string metrics, string name) => metrics.Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal))
        .Sum(l => (long)double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
