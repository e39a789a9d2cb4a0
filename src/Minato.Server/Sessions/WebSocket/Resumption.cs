using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// Brings a client that returns up to date: for each room that it holds, exactly what it missed and may see, or the word that it
/// has to load the room anew. Rooms that it does not hold go on from their head.
/// </summary>
internal sealed class Resumption(WebSocketSession session, HelloFrame hello)
{
    /// <summary>Events replayed for one room; who missed more gets the newest, and fetches the rest as history when somebody looks.</summary>
    private const int MaxReplay = 1_000;

    /// <summary>Events read from the store at a time; bodies are at most 16 KiB.</summary>
    private const int Step = 32;

    /// <summary>
    /// Replays of this process that read the store at once, half as many as it has cores and at least four: a storm of old cursors holds
    /// few events in memory, and others find a reader. They share nothing with each other: what many miss at the same time is what is
    /// new, and that lies in memory.
    /// </summary>
    private static readonly SemaphoreSlim Readers = new(Math.Max(4, Environment.ProcessorCount / 2));

    internal async Task RunAsync(IReadOnlyList<(Subscription Subscription, RoomView View)> rooms)
    {
        foreach (var (reference, _) in hello.Resume)
            if (!rooms.Any(r => reference.Names(r.View.Room)))
                Reset(reference, "unknown"u8);
        foreach (var (subscription, view) in rooms)
            await CatchUpAsync(subscription, await BeginAsync(view));
    }

    /// <summary>Answers for one room, and says from where on events follow.</summary>
    private async ValueTask<long> BeginAsync(RoomView view)
    {
        var (room, head) = (view.Room, view.Head);
        if (hello.SeqOf(room) is not { } seq)
            return head.Seq;
        if (await session.Services.Store.WhyResetAsync(session.Services.Rooms, room, head, session.You, seq) is not { } reason)
            return Resume(room, seq, head.Seq);
        Reset(new RoomRef(room.Uid, null), reason);
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

    /// <summary>
    /// From memory where it is kept there, else from the store. What the user sees from <paramref name="cursor"/> on they see without
    /// gaps (<see cref="BeginAsync"/>) until they are made to leave, and then the subscription has its last event. The store may know of a
    /// ban before it is published, and shows nothing any more: then the rest is not told, and the news of it ends the subscription.
    /// </summary>
    private async Task CatchUpAsync(Subscription subscription, long cursor)
    {
        var live = subscription.Room;
        while (!live.TryGoLive(subscription, cursor, out var upTo, out var recent))
        {
            if (recent is not null)
            {
                await session.EnqueueWhenRoomAsync(recent.Encode(WireFormat.WebSocket, live.Room, cursor, upTo, session.Services.Rooms.Renames, out cursor));
                continue;
            }
            upTo = Math.Min(upTo, cursor + Step);
            var events = await ReadAsync(live.Id, cursor, upTo);
            var whole = events.TakeWhile((ev, i) => ev.Seq == cursor + 1 + i).ToList();
            foreach (var bytes in WireFormat.WebSocket.Encode(live.Room, whole))
                await session.EnqueueWhenRoomAsync(bytes);
            // One was made to leave meanwhile, and may not see all of it. What says so waits as news; going live would leave a gap.
            if (whole.Count < upTo - cursor)
                return;
            cursor = upTo;
        }
    }

    private async ValueTask<IReadOnlyList<RoomEvent>> ReadAsync(RoomId room, long after, long upTo)
    {
        // Whoever does not read what waits for them does not keep others from the store.
        await session.Queue.WhenHalfEmpty();
        await Readers.WaitAsync();
        try
        {
            return await session.Services.Store.ReadEventsAsync(room, session.You?.Id, after, upTo, CancellationToken.None);
        }
        finally
        {
            Readers.Release();
        }
    }

    private void Reset(RoomRef room, ReadOnlySpan<byte> reason)
    {
        var frames = Frames.OfThisThread;
        frames.Reset(room.Uid?.ToString() ?? "#" + room.Slug, reason);
        session.Send(frames);
    }
}
