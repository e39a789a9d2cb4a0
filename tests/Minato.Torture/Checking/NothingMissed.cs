using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>For each client and room: one event after the other, none twice, none left out, over all its connections, up to the end of the log.</summary>
internal sealed class NothingMissed(Record record) : IClientCheck
{
    /// <summary>A server that cannot tell what a standby has that took over has everybody load anew, lost or not: whether what they were shown is lost, others check.</summary>
    private readonly long _promoted = record.Faults.Where(f => f.Fault == "promotion").Select(f => f.At).DefaultIfEmpty(long.MaxValue).Min();

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var last = new Dictionary<string, (long Seq, Entry By)>();
        // After a new connection a word comes for each room, before any event of it. Over HTTP each question is a word.
        var waits = new HashSet<string>();
        foreach (var entry in entries)
            switch (entry)
            {
                case Connected when !entry.Actor.Contains('h', StringComparison.Ordinal):
                    waits = [.. last.Keys];
                    break;
                case Follows f:
                    last[f.Room] = (f.Head, f);
                    waits.Remove(f.Room);
                    break;
                case Resumed r when r.Word.StartsWith("reset", StringComparison.Ordinal):
                    if (r.Word == "reset:ahead" && r.At < _promoted)
                        yield return new Violation("G1", $"{r.Actor} has more of {r.Room} than the server.", last.GetValueOrDefault(r.Room).By, r);
                    last.Remove(r.Room);
                    waits.Remove(r.Room);
                    break;
                case Resumed r:
                    if (!last.TryGetValue(r.Room, out var had))
                        yield return new Violation("G4", $"{r.Actor} is told that {r.Room} goes on, of which it had nothing.", r);
                    else if (r.Word == "partial" && r.From <= had.Seq)
                        yield return new Violation("G4", $"{r.Actor} had {had.Seq} of {r.Room} and is told that it goes on from {r.From}.", had.By, r);
                    last[r.Room] = (r.From - 1, r);
                    waits.Remove(r.Room);
                    break;
                case Gone g:
                    last.Remove(g.Room);
                    waits.Remove(g.Room);
                    break;
                case Saw s when waits.Contains(s.Room):
                    yield return new Violation("G4", $"{s.Actor} was shown {s.Seq} of {s.Room} before it was told how that goes on.", last.GetValueOrDefault(s.Room).By, s);
                    waits.Remove(s.Room);
                    break;
                case Saw s:
                    if (!last.TryGetValue(s.Room, out var before))
                        yield return new Violation("G4", $"{s.Actor} was shown {s.Seq} of {s.Room}, which it does not follow.", s);
                    else if (s.Seq <= before.Seq)
                        yield return new Violation("G2", $"{s.Actor} was shown {s.Seq} of {s.Room} after {before.Seq}.", before.By, s);
                    else if (s.Seq != before.Seq + 1)
                        yield return new Violation("G4", $"{s.Actor} was shown {s.Seq} of {s.Room} after {before.Seq}: something is missing.", before.By, s);
                    last[s.Room] = (s.Seq, s);
                    break;
                case Ended e:
                    var head = record.Log.Rooms.FirstOrDefault(r => r.Id == e.Room);
                    if (head is null || e.Seq != head.Head)
                        yield return new Violation("G4", $"{e.Actor} came to {e.Seq} of {e.Room}, whose log goes on to {head?.Head}.", last.GetValueOrDefault(e.Room).By, e);
                    break;
            }
    }
}
