namespace Minato.Torture.Running.Soaking;

/// <summary>
/// Whether what a server holds grows while as many come as go. The first quarter of the time it warms up; of the rest, the last third is held against the
/// first: the lowest memory in each, because what a collector has not collected yet is no growth, and the median of all else.
/// </summary>
internal static class Flatness
{
    /// <summary>What is no growth: a tenth, and what a thread's stack or a page of a cache may make out.</summary>
    private const double Share = 1.1;

    private const long SlackBytes = 8 << 20;

    /// <summary>Connections that happened to be open, threads that the pool happened to have.</summary>
    private const int SlackDescriptors = 10, SlackThreads = 5;

    /// <summary>What grew, a sentence for each.</summary>
    public static IEnumerable<string> Complaints(IReadOnlyList<Reading> readings)
    {
        var (first, last) = Thirds(readings);
        if (first.Count == 0)
        {
            yield return $"{readings.Count} readings are too few to compare.";
            yield break;
        }
        foreach (var (what, of, slack) in new (string, Func<Reading, long>, long)[] { ("resident memory", r => r.Resident, SlackBytes), ("managed memory", r => r.Managed, SlackBytes) })
            if (last.Min(of) > (first.Min(of) * Share) + slack)
                yield return $"The {what} grew: at the least {first.Min(of) >> 20} MiB, later {last.Min(of) >> 20} MiB.";
        foreach (var (what, of, slack) in new (string, Func<Reading, int>, int)[] { ("descriptors", r => r.Descriptors, SlackDescriptors), ("threads", r => r.Threads, SlackThreads) })
            if (Median(last, of) > Median(first, of) + slack)
                yield return $"The {what} grew: {Median(first, of)}, later {Median(last, of)}.";
    }

    /// <summary>The two thirds that are compared, for people.</summary>
    public static string Summary(IReadOnlyList<Reading> readings)
    {
        var (first, last) = Thirds(readings);
        return first.Count == 0 ? "" : $"""
            {readings[^1].Connections} connections; {readings.Count} readings, the {first.Count} after the warm-up beside the last {last.Count}
              resident memory, least   {first.Min(r => r.Resident) >> 20,5} MiB {last.Min(r => r.Resident) >> 20,5} MiB
              managed memory, least    {first.Min(r => r.Managed) >> 20,5} MiB {last.Min(r => r.Managed) >> 20,5} MiB
              descriptors, median      {Median(first, r => r.Descriptors),5}     {Median(last, r => r.Descriptors),5}
              threads, median          {Median(first, r => r.Threads),5}     {Median(last, r => r.Threads),5}
            """;
    }

    private static (IReadOnlyList<Reading> First, IReadOnlyList<Reading> Last) Thirds(IReadOnlyList<Reading> readings)
    {
        var warm = readings.Skip(readings.Count / 4).ToList();
        return (warm[..(warm.Count / 3)], warm[^(warm.Count / 3)..]);
    }

    private static int Median(IReadOnlyList<Reading> readings, Func<Reading, int> of) => readings.Select(of).Order().ElementAt(readings.Count / 2);
}
