using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>A page of history is every message as of its head: edited as it was by then, erased if it was by then. And what was erased is shown to nobody who asks later.</summary>
internal static class Messages
{
    public static IEnumerable<Violation> Check(Record record)
    {
        var changes = record.Rooms.ToDictionary(r => r.Key, r => r.Value.Where(e => e.Kind is EventKind.Edited or EventKind.Deleted).GroupBy(e => e.Target).ToDictionary(g => g.Key, g => g.ToList()));
        var erasures = record.Rooms.ToDictionary(r => r.Key, r => r.Value.Where(e => e.Kind == EventKind.MessagesErased).ToList());
        var erasedAt = ErasedAt(record, changes, erasures);
        foreach (var entries in record.Actors.Values)
        {
            var asked = 0L;
            foreach (var entry in entries)
                switch (entry)
                {
                    case Connected c:
                        asked = c.At;
                        break;
                    case Saw { Text: not ("!" or "-") } s when erasedAt.TryGetValue((s.Room, s.Seq), out var at) && at.At < asked:
                        yield return new Violation("erased", $"{s.Actor} connected after {s.Seq} of {s.Room} had been erased, and was shown it.", at, s);
                        break;
                    case Recalled r when erasedAt.TryGetValue((r.Room, r.Seq), out var gone) && gone.At < r.AskedAt:
                        yield return new Violation("erased", $"{r.Actor} asked after {r.Seq} of {r.Room} had been erased, and was shown it.", gone, r);
                        break;
                    case Held h when Wrong(record, h, changes, erasures) is { } wrong:
                        yield return new Violation("G3", wrong, h);
                        break;
                }
        }
    }

    private static string? Wrong(Record record, Held held, Dictionary<string, Dictionary<long, List<LogEvent>>> changes, Dictionary<string, List<LogEvent>> erasures)
    {
        if (record.At(held.Room, held.Seq) is not { Kind: EventKind.Posted } post || post.User != held.User || post.Ts != held.Ts || post.Post != held.Post)
            return $"{held.Actor} was shown a message {held.Seq} of {held.Room} that the log does not have.";
        var mine = changes[held.Room].GetValueOrDefault(held.Seq, []).Where(e => e.Seq <= held.Head).ToList();
        var isErased = mine.Exists(e => e.Kind == EventKind.Deleted) || erasures[held.Room].Exists(e => e.Seq <= held.Head && e.Subject == post.User && e.Seq > held.Seq);
        var current = mine.LastOrDefault(e => e.Kind == EventKind.Edited)?.Seq ?? held.Seq;
        var text = isErased ? "!" : record.TextAt(held.Room, current);
        return text is not null && (text != held.Text || isErased != held.Deleted)
            ? $"{held.Actor} was shown {held.Text} as message {held.Seq} of {held.Room} as of {held.Head}, when it was {text}."
            : null;
    }

    /// <summary>For each body that was erased, the moment at which the first client was told that it is.</summary>
    private static Dictionary<(string Room, long Seq), Entry> ErasedAt(
        Record record, Dictionary<string, Dictionary<long, List<LogEvent>>> changes, Dictionary<string, List<LogEvent>> erasures)
    {
        var told = new Dictionary<(string Room, long Seq), Entry>();
        void Tell(string room, long seq, Entry by)
        {
            if (!told.TryGetValue((room, seq), out var known) || by.At < known.At)
                told[(room, seq)] = by;
        }
        foreach (var acked in record.Acks.Values.Select(a => a[0]))
            Tell(acked.Room, acked.Seq, acked);
        foreach (var saw in record.Actors.Values.SelectMany(a => a).OfType<Saw>())
            if (saw.Type is "delete" or "erase")
                Tell(saw.Room, saw.Seq, saw);
        var erased = new Dictionary<(string Room, long Seq), Entry>();
        void Erase(string room, long seq, LogEvent by)
        {
            if (told.TryGetValue((room, by.Seq), out var entry) && (!erased.TryGetValue((room, seq), out var known) || entry.At < known.At))
                erased[(room, seq)] = entry;
        }
        foreach (var (room, events) in record.Rooms)
            foreach (var post in events.Where(e => e.Kind == EventKind.Posted))
                foreach (var end in changes[room].GetValueOrDefault(post.Seq, []).Where(e => e.Kind == EventKind.Deleted)
                    .Concat(erasures[room].Where(e => e.Subject == post.User && e.Seq > post.Seq)))
                {
                    Erase(room, post.Seq, end);
                    foreach (var edit in changes[room].GetValueOrDefault(post.Seq, []).Where(e => e.Kind == EventKind.Edited && e.Seq < end.Seq))
                        Erase(room, edit.Seq, end);
                }
        return erased;
    }
}
