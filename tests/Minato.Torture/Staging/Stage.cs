namespace Minato.Torture.Staging;

/// <summary>Everything that faults can be done to.</summary>
/// <param name="Postgres">Null: the log is SQLite's.</param>
/// <param name="Page">Of whoever keeps the log.</param>
internal sealed record Stage(IReadOnlyList<Node> Nodes, Postgres? Postgres, Disk Disk, FaultPage Page, IReadOnlyList<FleetProcess> Fleets)
{
    /// <summary>All servers are about to meet what each may end after by itself.</summary>
    public void MayEnd(TimeSpan within)
    {
        Trouble();
        TroubleEnds(within);
    }

    /// <summary>They meet it from now on, until it ends.</summary>
    public void Trouble()
    {
        foreach (var node in Nodes)
            node.Server.Trouble();
    }

    public void TroubleEnds(TimeSpan within)
    {
        foreach (var node in Nodes)
            node.Server.TroubleEnds(within);
    }

    public Task ReadyAsync() => Task.WhenAll(Nodes.Select(n => n.Server.ReadyAsync()));

    public FleetProcess AnyFleet(Random random) => Fleets[random.Next(Fleets.Count)];
}
