using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>At a terminal: what comes is in the log, in its order, and once on each connection.</summary>
internal sealed class Terminals : IClientCheck
{
    private readonly Dictionary<string, long> _at = [];

    public Terminals(Record record)
    {
        foreach (var e in record.Log.Events.Where(e => Record.HasBody(e.Kind)))
            if (record.TextAt(e.Room, e.Seq) is { } text)
                _at[text] = e.Seq;
    }

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        Line? last = null;
        foreach (var line in entries.OfType<Line>())
        {
            if (!_at.TryGetValue(line.Text, out var seq))
                yield return new Violation("G1", $"{line.Actor} was shown {line.Text}, which the log does not have.", line);
            else if (last is not null && _at.TryGetValue(last.Text, out var before) && seq <= before)
                yield return new Violation("G3", $"{line.Actor} was shown {seq} after {before}.", last, line);
            last = line;
        }
    }
}
