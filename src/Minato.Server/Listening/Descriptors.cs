using System.Globalization;

namespace Minato.Server.Listening;

/// <summary>
/// How many connections the process can hold. .NET raises the soft limit of descriptors to the hard one when it starts, as nginx and
/// others do; out of them Kestrel would stop accepting for good, so connections are refused before that.
/// </summary>
internal static class Descriptors
{
    /// <summary>Kept for the database, files and the server itself.</summary>
    private const int Reserved = 256;

    /// <summary>Few enough for a moderate hard limit, and enough that a flood's rate leaves everybody seconds to decide.</summary>
    private const int MaxUndecided = 8_192;

    /// <summary>Connections at once; null where the system sets no limit that we know of.</summary>
    internal static long? MaxConnections { get; } = ReadLimit() is { } descriptors ? Math.Max(64, descriptors - Reserved) : null;

    /// <summary>Undecided connections at once: half of all, so that the other half is left to those who said what they are.</summary>
    internal static int MaxUndecidedConnections { get; } = (int)Math.Min(MaxUndecided, (MaxConnections ?? long.MaxValue) / 2);

    private static long? ReadLimit()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
