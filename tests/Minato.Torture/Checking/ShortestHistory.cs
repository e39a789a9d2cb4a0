using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// The least of a history of which the checker still says the same: clients are left out, then rooms, then single entries and events of the log, larger
/// pieces first, as long as the sentence stays (delta debugging). https://www.debuggingbook.org/html/DeltaDebugger.html
/// </summary>
internal static class ShortestHistory
{
    /// <summary>Entries that are shortened, where what is near the evidence does not show it: they are all in memory. It is an hour of torture.</summary>
    private const int Most = 5_000_000;

    /// <param name="within">When it is up, what is left by then is it.</param>
    /// <param name="most">Null where more entries would be needed than this.</param>
    public static History? Of(Record record, Violation violation, TimeSpan within, int most = Most)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        bool Shows(History history) => history.Shows(violation);
        var history = NearEvidence(record, violation);
        if (!Shows(history))
        {
            if (record.EntryCount > most)
                return null;
            history = new History([.. record.Actors.SelectMany(a => a)], record.Log);
        }
        var clients = Least([.. history.Entries.Select(ClientOf).Distinct()], kept => Shows(OfClients(history, kept)), until);
        history = OfClients(history, clients);
        var rooms = Least(history.Log.Rooms, kept => Shows(OfRooms(history, kept)), until);
        history = OfRooms(history, rooms);
        List<object> items = [.. history.Log.Events, .. history.Entries];
        return Made(history, Least(items, kept => Shows(Made(history, kept)), until));
    }

    /// <summary>Those whose entries are the evidence, and the rooms that these name: mostly that is enough, and one look where there would be hundreds.</summary>
    private static History NearEvidence(Record record, Violation violation)
    {
        var evidence = violation.Evidence.OfType<Entry>().ToList();
        var (lines, clients) = (evidence.ConvertAll(EntryLine.Write), evidence.Select(ClientOf).ToHashSet());
        var near = new History([.. record.Actors.Where(a => clients.Contains(ClientOf(a[0]))).SelectMany(a => a)], record.Log);
        return OfRooms(near, [.. record.Log.Rooms.Where(r => lines.Exists(l => l.Contains(r.Id, StringComparison.Ordinal)))]);
    }

    private static History OfClients(History history, IReadOnlyList<string> clients)
    {
        var kept = clients.ToHashSet();
        return history with { Entries = [.. history.Entries.Where(e => kept.Contains(ClientOf(e)))] };
    }

    private static History OfRooms(History history, IReadOnlyList<LogRoom> rooms)
    {
        var gone = history.Log.Rooms.Except(rooms).Select(r => r.Id).ToHashSet();
        return new History(
            [.. history.Entries.Where(e => !gone.Overlaps(EntryLine.Write(e).Split(' ')))],
            new StoredLog(rooms, [.. history.Log.Events.Where(e => !gone.Contains(e.Room))]));
    }

    private static History Made(History history, IReadOnlyList<object> items) =>
        new([.. items.OfType<Entry>()], history.Log with { Events = [.. items.OfType<LogEvent>()] });

    /// <summary>A client's name without the number of its connection.</summary>
    private static string ClientOf(Entry entry) => entry.Actor.Split('.')[0];

    private static IReadOnlyList<T> Least<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> shows, long until)
    {
        for (var size = Math.Max(1, items.Count / 2); ; size = Math.Max(1, size / 2))
        {
            var before = items.Count;
            for (var at = 0; at < items.Count;)
            {
                if (Environment.TickCount64 > until)
                    return items;
                IReadOnlyList<T> without = [.. items.Take(at), .. items.Skip(at + size)];
                if (shows(without))
                    items = without;
                else
                    at += size;
            }
            // One at a time, until nothing more can be spared.
            if (size == 1 && items.Count == before)
                return items;
        }
    }
}
