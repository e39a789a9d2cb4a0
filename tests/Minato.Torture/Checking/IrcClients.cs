using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// Over IRC: what is heard, and what CHATHISTORY shows, is the log's. While somebody is in a channel they hear its messages one after the other, none twice
/// and none left out; a page leaves nothing out between the place where it was asked for and its last message, and who asks on comes to the end.
/// </summary>
internal sealed class IrcClients(Record record) : IClientCheck
{
    /// <summary>A message that was deleted since may have been shown, or not.</summary>
    private readonly Dictionary<string, long[]> _posts = record.Rooms.ToDictionary(r => r.Key, r => r.Value.Where(e => e.Kind == EventKind.Posted && !e.Erased).Select(e => e.Seq).ToArray());

    private readonly ILookup<(string Room, long Target), long> _edits = record.Log.Events.Where(e => e.Kind == EventKind.Edited).ToLookup(e => (e.Room, e.Target), e => e.Seq);

    /// <summary>Whether this is one of its connections, each of which is somebody else.</summary>
    public static bool IsOne(string actor) => actor.Contains('i', StringComparison.Ordinal);

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var heard = new Dictionary<string, Heard>();
        var visible = new Dictionary<string, long[]>();
        Recalled? page = null;
        foreach (var entry in entries)
            switch (entry)
            {
                case Connected:
                    heard.Clear();
                    break;
                case Gone g:
                    heard.Remove(g.Room);
                    break;
                case Heard h:
                    if (Wrong(h.Actor, h.Room, h.Seq, h.Ts, h.Text, []) is { } wrong)
                        yield return new Violation("G3", wrong, h);
                    else if (heard.TryGetValue(h.Room, out var last) && h.Seq <= last.Seq)
                        yield return new Violation("G2", $"{h.Actor} heard {h.Seq} of {h.Room} after {last.Seq}.", last, h);
                    else if (last is not null && Between(_posts[h.Room], last.Seq, h.Seq) is { } missing)
                        yield return new Violation("G4", $"{h.Actor} heard {h.Seq} of {h.Room} after {last.Seq}: {missing} is missing.", last, h);
                    heard[h.Room] = h;
                    break;
                case Recalled r:
                    var before = page is not null && page.AskedAt == r.AskedAt && page.Room == r.Room ? page : null;
                    var from = before?.Seq ?? (r.After < 0 ? r.Seq - 1 : r.After);
                    if (Wrong(r.Actor, r.Room, r.Seq, r.Ts, r.Text, _edits[(r.Room, r.Seq)]) is { } other)
                        yield return new Violation("G3", other, r);
                    else if (r.Seq <= from)
                        yield return new Violation("G3", $"{r.Actor} was shown {r.Seq} of {r.Room} after {from}.", before, r);
                    else if (Between(Visible(r.Room), from, r.Seq) is { } left)
                        yield return new Violation("G4", $"{r.Actor} was shown {r.Seq} of {r.Room} after {from}: {left} is missing.", before, r);
                    page = r;
                    break;
                case CaughtUp c when Between(Visible(c.Room), c.Seq, long.MaxValue) is { } more && record.FirstTold(c.Room, more) is { } told && told.At < c.AskedAt:
                    yield return new Violation("G4", $"{c.Actor} asked what came after {c.Seq} of {c.Room} and was told nothing; {more} was known before.", told, c);
                    break;
            }

        // Of a private room one has what was said while one was in it.
        long[] Visible(string room)
        {
            if (!visible.TryGetValue(room, out var seqs))
            {
                var (all, user) = (_posts.GetValueOrDefault(room, []), record.Users.GetValueOrDefault(entries[0].Actor));
                visible[room] = seqs = record.IsPrivate(room) ? [.. all.Where(s => record.SpansIn(room).Has(user, s))] : all;
            }
            return seqs;
        }
    }

    /// <param name="edits">The events under which it may be shown with another text.</param>
    private string? Wrong(string actor, string room, long seq, long ts, string text, IEnumerable<long> edits)
    {
        if (record.At(room, seq) is not { Kind: EventKind.Posted } post)
            return $"{actor} was shown a message {seq} of {room} that the log does not have.";
        if (post.Ts != ts)
            return $"{actor} was shown {seq} of {room} as said at {ts}; the log has {post.Ts}.";
        var written = edits.Prepend(seq).Select(s => record.TextAt(room, s)).ToList();
        return written.Contains(text) || written.Contains(null) ? null : $"{actor} was shown another text at {seq} of {room} than was written there, {written[0]}.";
    }

    /// <summary>The first of these between two, both exclusive.</summary>
    private static long? Between(long[] seqs, long after, long before)
    {
        var at = Array.BinarySearch(seqs, after + 1);
        at = at < 0 ? ~at : at;
        return at < seqs.Length && seqs[at] < before ? seqs[at] : null;
    }
}
