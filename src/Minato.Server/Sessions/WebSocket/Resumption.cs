using Minato.Core.Rooms;
using Minato.Server.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// Brings a client that returns up to date: for each room that it holds, exactly what it missed and may see, or the word that it
/// has to load the room anew. Rooms that it does not hold go on from their head.
/// </summary>
internal sealed class Resumption(WebSocketSession session, IReadOnlyList<(RoomRef Room, long Seq)> held)
{
    /// <summary>Events replayed for one room; who missed more gets the newest, and fetches the rest as history when somebody looks.</summary>
    private const int MaxReplay = 1_000;

    /// <summary>Events read at a time; bodies are at most 16 KiB.</summary>
    private const int Step = 32;

    internal async Task RunAsync(IReadOnlyList<(Subscription Subscription, RoomView View)> rooms)
    {
        foreach (var (reference, _) in held)
            if (!rooms.Any(r => Matches(reference, r.View.Room)))
                Reset(reference, "unknown"u8);
        foreach (var (subscription, view) in rooms)
            await CatchUpAsync(subscription, await BeginAsync(view));
    }

    /// <summary>Answers for one room, and says from where on events follow.</summary>
    private async ValueTask<long> BeginAsync(RoomView view)
    {
        var (room, head) = (view.Room, view.Head);
        var last = held.Where(h => Matches(h.Room, room)).Select(h => (long?)h.Seq).FirstOrDefault();
        if (last is not { } seq)
            return head.Seq;
        if (seq > head.Seq)
            Reset(new RoomRef(room.Uid, null), "ahead"u8);
        // Who was away from a private room meanwhile may not see all that lies between.
        else if (seq < head.FirstSeq - 1 || seq < await session.Services.Store.ReadFirstOfSpanAsync(room.Id, session.You?.Id, CancellationToken.None) - 1)
            Reset(new RoomRef(room.Uid, null), "trimmed"u8);
        else
            return Resume(room, seq, head.Seq);
        return head.Seq;
    }

    private long Resume(Room room, long seq, long head)
    {
        var frames = Frames.OfThisThread;
        var from = seq;
        if (head - seq <= MaxReplay)
            frames.Resumed(room.Uid, head);
        else
        {
            from = head - MaxReplay;
            frames.Partial(room.Uid, from + 1, head);
        }
        session.Send(frames);
        return from;
    }

    private async Task CatchUpAsync(Subscription subscription, long cursor)
    {
        while (!subscription.Room.TryGoLive(subscription, cursor, out var head))
        {
            var upTo = Math.Min(head, cursor + Step);
            var events = await session.Services.Store.ReadEventsAsync(subscription.Room.Id, session.You?.Id, cursor, upTo, CancellationToken.None);
            var whole = events.TakeWhile((ev, i) => ev.Seq == cursor + 1 + i).ToList();
            foreach (var bytes in WireFormat.WebSocket.Encode(subscription.Room.Room, whole))
                await session.EnqueueWhenRoomAsync(bytes);
            // One was made to leave meanwhile, and may not see all of it. What says so waits as news; going live would leave a gap.
            if (whole.Count < upTo - cursor)
                return;
            cursor = upTo;
        }
    }

    private void Reset(RoomRef room, ReadOnlySpan<byte> reason)
    {
        var frames = Frames.OfThisThread;
        frames.Reset(room.Uid?.ToString() ?? "#" + room.Slug, reason);
        session.Send(frames);
    }

    private static bool Matches(RoomRef reference, Room room) => reference.Uid is { } uid
        ? uid == room.Uid
        : reference.Slug is { } slug && room.Slug is { } known && Slug.Key(slug) == Slug.Key(known);
}
