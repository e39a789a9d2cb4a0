using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>How far somebody has read never goes back, but for what a killed server had not saved within its second; unread is what was posted after it.</summary>
internal sealed class ReadPositions(Record record) : IClientCheck
{
    private static readonly string[] Ends = ["kill", "failing-fsync"];

    private readonly List<Struck> _ends = [.. record.Faults.Where(f => Ends.Contains(f.Fault))];

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var read = new Dictionary<string, (long Seq, Entry By)>();
        foreach (var entry in entries)
        {
            if (entry is Stood { Member: true } s && WrongUnread(s) is { } wrong)
                yield return new Violation("G1", wrong, s);
            (string Room, long Seq) told = entry switch { ReadTo r => (r.Room, r.Seq), Stood { Member: true } w => (w.Room, w.Read), Gone g => (g.Room, -1), _ => ("", 0L) };
            if (told.Room.Length == 0)
                continue;
            if (told.Seq >= 0 && read.TryGetValue(told.Room, out var before) && told.Seq < before.Seq && !_ends.Exists(f => f.Until > before.By.At && f.At < entry.At))
                yield return new Violation("read", $"{entry.Actor} had read {told.Room} to {before.Seq} and then to {told.Seq}.", before.By, entry);
            read[told.Room] = (told.Seq, entry);
        }
    }

    private string? WrongUnread(Stood stood)
    {
        var posts = record.At(stood.Room, stood.Head)?.Post ?? -1;
        var read = stood.Read == 0 ? 0 : record.At(stood.Room, stood.Read)?.Post ?? -1;
        return stood.Posts != posts || stood.Unread != posts - read
            ? $"{stood.Actor} is told of {stood.Posts} posts and {stood.Unread} unread at {stood.Head}, read to {stood.Read}; the log has {posts}, and {read} by then."
            : null;
    }
}
