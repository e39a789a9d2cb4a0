namespace Minato.Sidecar;

/// <summary>
/// Two leashes that know nothing of each other. Whoever ends one, even at the same moment as this process, meets the other one; in the millisecond in
/// which a single one is replaced, nobody would stand there.
/// </summary>
internal sealed class LeashPair(string host, TimeProvider time)
{
    private readonly Leash[] _leashes = [new(host, time), new(host, time)];

    /// <summary>This process's own.</summary>
    internal static LeashPair Own { get; } = new(LaunchNonce.OfThisProcess, TimeProvider.System);

    /// <summary>The pids of those that are there now.</summary>
    internal IReadOnlyList<int> Pids => [.. _leashes.Select(l => l.Pid).OfType<int>()];

    /// <summary>To be called before the first child starts, so that there is no moment without them.</summary>
    internal void BeThere()
    {
        foreach (var leash in _leashes)
            leash.BeThere();
    }

    /// <summary>The group ends with us from now on.</summary>
    internal void Tie(int group)
    {
        foreach (var leash in _leashes)
            leash.Tie(group);
    }

    /// <summary>To be called before the group's leader is reaped.</summary>
    internal void Untie(int group)
    {
        foreach (var leash in _leashes)
            leash.Untie(group);
    }
}
