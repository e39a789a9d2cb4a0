using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>What was acknowledged is in the log where it was said to be, the same each time; what was refused for good is not, unless another server had it in hand.</summary>
internal static class AckedIsStored
{
    public static IEnumerable<Violation> Check(Record record)
    {
        var stands = record.Log.Events.Where(e => e.Text is not null).ToLookup(e => e.Text!);
        foreach (var (cid, acks) in record.Acks)
        {
            var first = acks[0];
            if (acks.Find(a => a.Seq != first.Seq || a.Room != first.Room) is { } other)
                yield return new Violation("G2", $"{cid} was acknowledged in two ways.", first, other);
            if (!record.Sent.TryGetValue(cid, out var sent))
            {
                yield return new Violation("G2", $"{cid} was acknowledged to one who did not send it.", first);
                continue;
            }
            if (WhatIsMissing(record, sent[0], first) is { } missing)
                yield return new Violation("G1", missing, sent[0], first);
        }
        foreach (var (cid, refusals) in record.Refusals)
            if (!record.Acks.ContainsKey(cid) && !record.SentElsewhere.Contains(cid) && stands[cid].FirstOrDefault() is { } stored)
                yield return new Violation("G1", $"{cid} was refused for good, and stands at {stored.Seq} of {stored.Room}.", refusals[^1]);
    }

    private static string? WhatIsMissing(Record record, Sent sent, Acked acked)
    {
        if (acked.Room == "-")
            return null;
        if (record.At(acked.Room, acked.Seq) is not { } stored)
            return $"{sent.Cid} was acknowledged as {acked.Seq}, and the log has no such event.";
        EventKind? kind = sent.Op switch { "send" => EventKind.Posted, "edit" => EventKind.Edited, "topic" => EventKind.TopicChanged, _ => null };
        // Other acts may find everything as they ask for it; then they are no event, and the answer has the head.
        if (kind is null)
            return sent.Op == "delete" && !IsDeleted(record, acked.Room, sent.Target) ? $"{sent.Cid} deleted {sent.Target}, which is still there." : null;
        if (stored.Kind != kind || stored.User != record.Users.GetValueOrDefault(acked.Actor, stored.User) || stored.Text != sent.Cid && !stored.Erased && kind != EventKind.TopicChanged)
            return $"{sent.Cid} was acknowledged as {acked.Seq}, where something else stands: {stored}";
        return null;
    }

    private static bool IsDeleted(Record record, string room, long seq) =>
        record.At(room, seq) is { } post && (post.Erased
            || record.Rooms[room].Any(e => e.Kind == EventKind.Deleted && e.Target == seq || e.Kind == EventKind.MessagesErased && e.Subject == post.User && e.Seq > seq));
}
