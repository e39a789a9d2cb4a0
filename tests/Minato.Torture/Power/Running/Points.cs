using Minato.Torture.Histories;
using Minato.Torture.Power.Disks;

namespace Minato.Torture.Power.Running;

/// <param name="Point">Before which change the power goes.</param>
/// <param name="Seed">What is lost then follows from it.</param>
internal readonly record struct Moment(int Point, int Seed)
{
    public Loss Loss => new(unchecked(Seed * 397 ^ Point));
}

/// <summary>When the power goes: before which change. Most are drawn evenly over all changes; the others where something begins and ends.</summary>
internal static class Points
{
    /// <param name="starts">When servers started: where a folder is made, a database migrated, a log read back.</param>
    public static IReadOnlyList<Moment> Draw(IReadOnlyList<Change> changes, IReadOnlyList<Struck> starts, int count, int seed)
    {
        var random = new Random(seed);
        // The database itself is written to when its log is written back, and at no other time.
        var database = changes.FirstOrDefault(c => c.Kind == ChangeKind.Create && c.Path.EndsWith("minato.db", StringComparison.Ordinal))?.File;
        var writtenBack = Enumerable.Range(0, changes.Count).Where(i => changes[i].File == database && changes[i].Kind == ChangeKind.Write).ToList();
        var names = Enumerable.Range(0, changes.Count).Where(i => changes[i].Path.Length > 0).ToList();
        var synced = Enumerable.Range(0, changes.Count).Where(i => changes[i].Kind == ChangeKind.SyncEnds).ToList();
        var starting = Enumerable.Range(0, changes.Count).Where(i => starts.Any(s => s.At <= changes[i].At && changes[i].At <= s.Until)).ToList();
        var points = new SortedSet<int>();
        // A short record has fewer places than were asked for.
        for (var tries = 0; points.Count < count && tries < count * 10; tries++)
            points.Add(random.Next(8) switch
            {
                0 when starting.Count > 0 => Near(starting),
                1 when writtenBack.Count > 0 => Near(writtenBack),
                2 when names.Count > 0 => Near(names),
                3 when synced.Count > 0 => Near(synced),
                _ => random.Next(changes.Count),
            });
        return [.. points.Select(p => new Moment(p, seed))];

        int Near(List<int> places) => Math.Min(changes.Count - 1, places[random.Next(places.Count)] + random.Next(3));
    }

    /// <summary>From one moment on, and most of them at names and syncs up to another. These are few: each comes several times, with another loss each time.</summary>
    public static IReadOnlyList<Moment> Around(IReadOnlyList<Change> changes, long from, long until, int count, int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, changes.Count).Where(i => changes[i].At >= from).ToList();
        var names = all.Where(i => changes[i].At <= until && (changes[i].Path.Length > 0 || changes[i].Kind == ChangeKind.SyncEnds)).ToList();
        return [.. Enumerable.Range(0, count).Select(i => new Moment(Drawn(i % 4 == 0 ? all : names), seed + i)).OrderBy(m => m.Point)];

        int Drawn(List<int> places) => Math.Min(changes.Count - 1, places[random.Next(places.Count)] + random.Next(2));
    }
}
