using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// How far somebody has read never goes back, but for what a killed server had not saved within its second; unread is what was posted after it. Of several
/// servers each holds to what it said itself; what one of them said, the others know once it is saved, and all of it in the end.
/// </summary>
internal sealed class ReadPositions(Record record) : IClientCheck
{
    private static readonly string[] Ends = ["kill", "failing-fsync"];

    private readonly List<Struck> _ends = [.. record.Faults.Where(f => Ends.Contains(f.Fault))];

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var (node, told, farthest, last) = (1, new Dictionary<(string Room, int Node), Position>(), new Dictionary<string, Position>(), new Dictionary<string, Position>());
        foreach (var entry in entries)
        {
            if (entry is Connected connected)
                node = connected.Node;
            if (entry is Stood { Member: true } s && WrongUnread(s) is { } wrong)
                yield return new Violation("G1", wrong, s);
            if (entry is Gone gone)
            {
                foreach (var key in told.Keys.Where(k => k.Room == gone.Room).ToList())
                    told.Remove(key);
                farthest.Remove(gone.Room);
                last.Remove(gone.Room);
            }
            if (Position.In(entry, node) is not { } now)
                continue;
            if (told.TryGetValue((now.Room, node), out var before) && GoesBack(before, now))
                yield return new Violation("read", $"{entry.Actor} had read {now.Room} to {before.Seq} and then to {now.Seq}.", before.By, entry);
            told[(now.Room, node)] = last[now.Room] = now;
            if (!farthest.TryGetValue(now.Room, out var most) || most.Seq <= now.Seq || !GoesBack(most, now))
                farthest[now.Room] = now;
        }
        foreach (var (room, end) in last)
            if (farthest[room] is var most && GoesBack(most, end))
                yield return new Violation("read", $"{end.By.Actor} had read {room} to {most.Seq}, and in the end to {end.Seq}.", most.By, end.By);
    }

    /// <summary>And nothing ended the server that had said so.</summary>
    private bool GoesBack(Position before, Position now) => now.Seq < before.Seq
        && !_ends.Exists(f => (f.Node == 0 || f.Node == before.Node) && f.Until > before.By.At && f.At < now.By.At);

    private string? WrongUnread(Stood stood)
    {
        var posts = record.At(stood.Room, stood.Head)?.Post ?? -1;
        var read = stood.Read == 0 ? 0 : record.At(stood.Room, stood.Read)?.Post ?? -1;
        // It may be known sooner than the events up to it.
        return stood.Posts != posts || stood.Unread != Math.Max(0, posts - read)
            ? $"{stood.Actor} is told of {stood.Posts} posts and {stood.Unread} unread at {stood.Head}, read to {stood.Read}; the log has {posts}, and {read} by then."
            : null;
    }

    /// <param name="Node">The server that said so.</param>
    private sealed record Position(string Room, long Seq, Entry By, int Node)
    {
        public static Position? In(Entry entry, int node) => entry switch
        {
            ReadTo r => new Position(r.Room, r.Seq, r, node),
            Stood { Member: true } s => new Position(s.Room, s.Read, s, node),
            _ => null,
        };
    }
}
