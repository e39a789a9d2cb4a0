namespace Minato.Sidecar;

/// <summary>
/// The processes that belong to one that we started: itself, its group, its descendants, and whoever carries its launch nonce, as those do that
/// left group and parents behind. Linux; a look each time, nothing is remembered.
/// </summary>
/// <param name="Root">The process that we started.</param>
/// <param name="HasOwnGroup">Whether its group is none but its own.</param>
/// <param name="Nonce">What stands in its environment under <see cref="LaunchNonce.Variable"/>.</param>
internal sealed record ProcessFamily(int Root, bool HasOwnGroup, string Nonce)
{
    private const int MaxDepth = 64;

    internal bool Contains(int pid)
    {
        if (pid == Root)
            return true;
        if (!ProcessStat.TryRead(pid, out var stat))
            return false;
        return (HasOwnGroup && stat.Group == Root) || IsDescendant(stat) || CarriesNonce(pid);
    }

    /// <summary>Those that run beside the root: of its group where that is its own, else its descendants. A zombie does not run.</summary>
    internal IReadOnlyList<int> Others() =>
        [.. AllPids().Where(pid => pid != Root && ProcessStat.TryRead(pid, out var stat) && !stat.HasEnded && (HasOwnGroup ? stat.Group == Root : IsDescendant(stat)))];

    /// <summary>Those that carry the nonce, wherever they have gone; not the root.</summary>
    internal IReadOnlyList<int> Escaped() => [.. AllPids().Where(pid => pid != Root && CarriesNonce(pid) && ProcessStat.TryRead(pid, out var stat) && !stat.HasEnded)];

    internal static IEnumerable<int> AllPids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var pid))
                yield return pid;
        }
    }

    private bool IsDescendant(ProcessStat stat)
    {
        for (var depth = 0; depth < MaxDepth && stat.Parent > 1; depth++)
        {
            if (stat.Parent == Root)
                return true;
            if (!ProcessStat.TryRead(stat.Parent, out stat))
                return false;
        }

        return false;
    }

    private bool CarriesNonce(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains($"{LaunchNonce.Variable}={Nonce}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // another user's, or ended
        }
    }
}
