using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>A page of history is every message as of its head: edited as it was by then, erased if it was by then. And what was erased is shown to nobody who asks later, where there are several servers of each that has told somebody of it.</summary>
internal sealed class Messages : IClientCheck
{
    private readonly Record _record;

    /// <summary>Edits and deletions of a message, and erasures of all that somebody wrote in a room.</summary>
    private readonly ILookup<(string Room, long Target), LogEvent> _changes;
    private readonly ILookup<(string Room, string User), LogEvent> _erasures;

    /// <summary>For each body that was erased, by what the first client was told that it is.</summary>
    private readonly Dictionary<(string Room, long Seq, int Node), Entry> _erasedBy = [];
    private readonly List<int> _nodes;

    public Messages(Record record)
    {
        (_record, _nodes) = (record, record.Nodes);
        var events = record.Rooms.Values.SelectMany(r => r).ToList();
        _changes = events.Where(e => e.Kind is EventKind.Edited or EventKind.Deleted).ToLookup(e => (e.Room, e.Target));
        _erasures = events.Where(e => e.Kind == EventKind.MessagesErased).ToLookup(e => (e.Room, e.Subject!));
        foreach (var post in events.Where(e => e.Kind == EventKind.Posted))
            foreach (var end in _changes[(post.Room, post.Seq)].Where(e => e.Kind == EventKind.Deleted).Concat(_erasures[(post.Room, post.User)].Where(e => e.Seq > post.Seq)))
            {
                Erase(post, end);
                foreach (var edit in _changes[(post.Room, post.Seq)].Where(e => e.Kind == EventKind.Edited && e.Seq < end.Seq))
                    Erase(edit, end);
            }
    }

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var (asked, node) = (0L, 1);
        foreach (var entry in entries)
            switch (entry)
            {
                case Connected c:
                    (asked, node) = (c.At, c.Node);
                    break;
                case Saw { Text: not ("!" or "-") } s when _erasedBy.TryGetValue((s.Room, s.Seq, node), out var at) && at.At < asked:
                    yield return new Violation("erased", $"{s.Actor} connected after {s.Seq} of {s.Room} had been erased, and was shown it.", at, s);
                    break;
                case Recalled r when _erasedBy.TryGetValue((r.Room, r.Seq, node), out var gone) && gone.At < r.AskedAt:
                    yield return new Violation("erased", $"{r.Actor} asked after {r.Seq} of {r.Room} had been erased, and was shown it.", gone, r);
                    break;
                case Held h when Wrong(h) is { } wrong:
                    yield return new Violation("G3", wrong, h);
                    break;
            }
    }

    private string? Wrong(Held held)
    {
        if (_record.At(held.Room, held.Seq) is not { Kind: EventKind.Posted } post || post.User != held.User || post.Ts != held.Ts || post.Post != held.Post)
            return $"{held.Actor} was shown a message {held.Seq} of {held.Room} that the log does not have.";
        var mine = _changes[(held.Room, held.Seq)].Where(e => e.Seq <= held.Head).ToList();
        var isErased = mine.Exists(e => e.Kind == EventKind.Deleted) || _erasures[(held.Room, post.User)].Any(e => e.Seq <= held.Head && e.Seq > held.Seq);
        var current = mine.LastOrDefault(e => e.Kind == EventKind.Edited)?.Seq ?? held.Seq;
        var text = isErased ? "!" : _record.TextAt(held.Room, current);
        return text is not null && (text != held.Text || isErased != held.Deleted)
            ? $"{held.Actor} was shown {held.Text} as message {held.Seq} of {held.Room} as of {held.Head}, when it was {text}."
            : null;
    }

    private void Erase(LogEvent body, LogEvent by)
    {
        foreach (var node in _nodes)
            if (_record.FirstTold(by.Room, by.Seq, node) is { } told && (!_erasedBy.TryGetValue((body.Room, body.Seq, node), out var known) || told.At < known.At))
                _erasedBy[(body.Room, body.Seq, node)] = told;
    }
}
