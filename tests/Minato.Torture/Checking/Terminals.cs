using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>At a terminal: what comes is in the log, in its order, and once on each connection.</summary>
internal static class Terminals
{
    public static IEnumerable<Violation> Check(Record record)
    {
        var at = new Dictionary<string, long>();
        foreach (var e in record.Log.Events.Where(e => Record.HasBody(e.Kind)))
            if (record.TextAt(e.Room, e.Seq) is { } text)
                at[text] = e.Seq;
        foreach (var entries in record.Actors.Values)
        {
            Line? last = null;
            foreach (var line in entries.OfType<Line>())
            {
                if (!at.TryGetValue(line.Text, out var seq))
                    yield return new Violation("G1", $"{line.Actor} was shown {line.Text}, which the log does not have.", line);
                else if (last is not null && at.TryGetValue(last.Text, out var before) && seq <= before)
                    yield return new Violation("G3", $"{line.Actor} was shown {seq} after {before}.", last, line);
                last = line;
            }
        }
    }
}
