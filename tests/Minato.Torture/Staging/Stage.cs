using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Staging;

/// <summary>Everything that faults can be done to.</summary>
/// <param name="Postgres">Null: the log is SQLite's.</param>
internal sealed record Stage(ServerProcess Server, PostgresProcess? Postgres, Cable Cable, Disk Disk, FaultPage Page, IReadOnlyList<FleetProcess> Fleets);
