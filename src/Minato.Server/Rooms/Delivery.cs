using Minato.Core.Events;
using Minato.Core.Rooms;

namespace Minato.Server.Rooms;

/// <summary>The seqs of a run of events.</summary>
internal readonly record struct DeliveredRun(long First, long Last);

/// <summary>
/// A run of events on its way to those of one format: the same bytes for nearly all of them, and their own part for the others. Under the room's lock.
/// </summary>
internal static class Delivery
{
    internal static void Send(Room room, WireFormat format, IReadOnlyList<Subscription> subscribers, IReadOnlyList<RoomEvent> told, DeliveredRun run, Turn turn)
    {
        List<byte[]>? whole = null;
        var isForEach = format.HaveOwnWords(told);
        foreach (var subscription in subscribers)
        {
            if (!subscription.IsLive)
                continue;
            // Asked once for each: whom a session hides may change at any moment, and nobody is to be told a run twice or half of it.
            if (!isForEach && TakesAll(subscription, told, run))
                foreach (var bytes in whole ??= [.. format.Encode(room, told)])
                    turn.Send(subscription.Session, bytes);
            else
                SendOwnPart(room, format, subscription, OwnPartOf(subscription, told), turn);
            subscription.Cursor = Math.Max(subscription.Cursor, run.Last);
        }
    }

    /// <summary>False: their part begins in the middle of the run, or they do not hear somebody in it, or are told other words of it.</summary>
    private static bool TakesAll(Subscription subscription, IReadOnlyList<RoomEvent> told, DeliveredRun run) =>
        subscription.Cursor < run.First && subscription.Instead is null && (subscription.Session.Hides is null || !told.Any(subscription.Session.HidesWordsOf));

    /// <summary>Apart from the loop over all subscribers: what a lambda captures there costs memory for each of them, also where it is not called.</summary>
    private static List<RoomEvent> OwnPartOf(Subscription subscription, IReadOnlyList<RoomEvent> told) =>
        [.. told.Where(e => e.Seq > subscription.Cursor && !subscription.Session.HidesWordsOf(e))];

    private static void SendOwnPart(Room room, WireFormat format, Subscription subscription, List<RoomEvent> part, Turn turn)
    {
        if (subscription.Instead is not { } instead)
        {
            foreach (var bytes in format.EncodeFor(subscription.Session, room, part))
                turn.Send(subscription.Session, bytes);
            return;
        }
        foreach (var ev in part)
        {
            if (!instead.Remove(ev.Seq, out var own))
                foreach (var bytes in format.EncodeFor(subscription.Session, room, [ev]))
                    turn.Send(subscription.Session, bytes);
            else if (!own.IsEmpty)
                turn.Send(subscription.Session, own);
        }
        if (instead.Count == 0)
            subscription.Instead = null;
    }
}
