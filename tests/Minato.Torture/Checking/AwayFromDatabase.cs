using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>A server that nothing joins to its database cannot know what becomes of what it is sent: it acknowledges none of it before it is joined again.</summary>
internal sealed class AwayFromDatabase(Record record) : IClientCheck
{
    /// <summary>Those in which no packet passes.</summary>
    private static readonly string[] Cuts = ["cut-from-database", "away-from-database"];

    private readonly List<Struck> _cuts = [.. record.Faults.Where(f => Cuts.Contains(f.Fault))];

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var node = 0;
        foreach (var entry in entries)
            if (entry is Connected connected)
                node = connected.Node;
            else if (entry is Acked acked && record.Sent.GetValueOrDefault(acked.Cid)?[0] is { } sent
                && _cuts.Find(c => c.Node == node && c.At < sent.At && acked.At < c.Until) is { } cut)
                yield return new Violation("G1", $"{acked.Cid} was sent and acknowledged while server {node} was cut off from its database.", cut, sent, acked);
    }
}
