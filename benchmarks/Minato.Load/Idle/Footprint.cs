using System.Globalization;

namespace Minato.Load.Idle;

/// <summary>What a server holds, in KiB.</summary>
/// <param name="Resident">As it is: with what .NET has not collected yet, or keeps for what comes.</param>
/// <param name="Collected">The same after a full collection.</param>
/// <param name="Managed">What .NET's heap holds after it.</param>
/// <param name="Slab">The kernel's objects for all sockets of this machine: both ends of each connection.</param>
internal readonly record struct Footprint(double Resident, double Collected, double Managed, double Slab)
{
    /// <summary>Looks at a server that has nothing to do.</summary>
    internal static async Task<Footprint> OfAsync(IdleServer server)
    {
        var (resident, slab) = (ResidentOf(server.ProcessId), ReadKib("/proc/meminfo", "Slab:"));
        await DiagnosticPort.CollectAsync(server.ProcessId);
        return new Footprint(resident, ResidentOf(server.ProcessId), await server.ReadManagedBytesAsync() / 1024, slab);
    }

    /// <summary>What one connection more costs, on the way from one number of them to another.</summary>
    internal static Footprint Slope(Footprint few, Footprint many, int more) => new(
        (many.Resident - few.Resident) / more, (many.Collected - few.Collected) / more, (many.Managed - few.Managed) / more, (many.Slab - few.Slab) / more);

    private static double ResidentOf(int process) => ReadKib($"/proc/{process}/status", "VmRSS:");

    /// <summary>Of a line such as <c>VmRSS:   12345 kB</c>.</summary>
    private static double ReadKib(string file, string name) =>
        double.Parse(File.ReadLines(file).First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
