using Minato.Torture.Staging;

namespace Minato.Torture.Faults;

/// <summary>One way in which things go wrong.</summary>
/// <param name="Lane">Faults of one lane strike one after the other, those of several at the same time.</param>
/// <param name="StrikeAsync">Does it and undoes it; given the stage, the lot, and where to say what it strikes.</param>
internal sealed record Fault(string Name, Lane Lane, Func<Stage, Random, Blow, Task> StrikeAsync);

internal enum Lane
{
    Server,
    Network,
    Clients,
    Disk,

    /// <summary>The wires between servers and their database.</summary>
    Database,
}
