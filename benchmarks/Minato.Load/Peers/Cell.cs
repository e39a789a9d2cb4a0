namespace Minato.Load.Peers;

/// <summary>A peer at a workload: medians over the rounds that count; where none does, over all, and marked so.</summary>
internal sealed class Cell
{
    private readonly Sample[] _samples;
    private readonly Sample[] _floor;

    internal Cell(Results results, Peer peer, Workload workload)
    {
        var all = results.Of(peer, workload).ToArray();
        var floor = results.Of(peer.Family.Floor, workload).ToArray();
        (Peer, Workload, Rounds) = (peer, workload, all.Length);
        Kept = all.Count(s => s.IsKept);
        IsBound = Kept == 0;
        _samples = IsBound ? all : [.. all.Where(s => s.IsKept)];
        _floor = floor.Any(s => s.IsKept) ? [.. floor.Where(s => s.IsKept)] : floor;
        IsFloorBound = !floor.Any(s => s.IsKept);
    }

    internal Peer Peer { get; }

    internal Workload Workload { get; }

    internal int Rounds { get; }

    internal int Kept { get; }

    /// <summary>The generator was too busy in every round: the peer may be faster than it seems.</summary>
    internal bool IsBound { get; }

    /// <summary>The same of the floor.</summary>
    internal bool IsFloorBound { get; }

    internal bool IsEmpty => _samples.Length == 0;

    internal double Median(Func<Sample, double> of) => Spread.Of(_samples.Select(of))!.Value.Median;

    /// <summary>÷ the floor's of the same round; null where no round has both.</summary>
    internal Spread? ToFloor(Func<Sample, double> of) =>
        Spread.Of(_samples.Join(_floor, s => s.Round, f => f.Round, (s, f) => (Peer: of(s), Floor: of(f))).Where(p => p.Floor > 0).Select(p => p.Peer / p.Floor));
}
