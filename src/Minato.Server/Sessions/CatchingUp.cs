using Minato.Core.Events;
using Minato.Core.Storage;
using Minato.Server.Rooms;

namespace Minato.Server.Sessions;

/// <summary>
/// What was committed since somebody came into a room, and is published no more: the room's live side may have been loaded after it. For those who
/// are told of a room without asking for its past.
/// </summary>
internal static class CatchingUp
{
    /// <summary>Events read from the store at a time; bodies are at most 16 KiB.</summary>
    private const int Step = 32;

    /// <param name="subscription">Not live yet.</param>
    /// <param name="after">The event with which they came.</param>
    /// <param name="isTold">Of those that were missed.</param>
    internal static async ValueTask RunAsync(IStore store, Subscription subscription, WireFormat format, long after, Predicate<RoomEvent> isTold)
    {
        try
        {
            await ReadUpAsync(store, subscription, format, after, isTold);
        }
        catch
        {
            // Left as it is, it would never be live, and stand in the way of whoever enters again.
            subscription.Session.Unsubscribe(subscription.Room.Id);
            throw;
        }
    }

    private static async ValueTask ReadUpAsync(IStore store, Subscription subscription, WireFormat format, long after, Predicate<RoomEvent> isTold)
    {
        var (session, live) = (subscription.Session, subscription.Room);
        while (!live.TryGoLive(subscription, after, out var upTo, out _))
        {
            upTo = Math.Min(upTo, after + Step);
            var events = await store.ReadEventsAsync(live.Id, session.You!.Id, after, upTo, CancellationToken.None);
            foreach (var ev in events.OfType<SlugChanged>())
                live.Follow(ev);
            foreach (var bytes in format.EncodeFor(session, live.Room, [.. events.Where(e => isTold(e) && !session.HidesWordsOf(e))]))
                session.Enqueue(bytes);
            // Made to leave meanwhile: the rest is not for them, and what says so is on its way.
            if (events.Count < upTo - after)
                return;
            after = upTo;
        }
        session.Queue.Flush();
    }
}
