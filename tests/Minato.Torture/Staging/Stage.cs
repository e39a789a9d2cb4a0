using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Staging;

/// <summary>Everything that faults can be done to.</summary>
internal sealed record Stage(ServerProcess Server, Cable Cable, Disk Disk, FaultPage Page, IReadOnlyList<FleetProcess> Fleets);
