using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Http.Api;

/// <summary>
/// A piece of a room's log, for who follows it by asking: exactly what came after a seq, or the word that the room is to be loaded anew. Where
/// there is nothing yet the request may hang, until there is, its time is over, or the server stops.
/// </summary>
internal sealed class EventsAnswer(SessionContext context)
{
    /// <summary>Events read from the store at a time; bodies are at most 16 KiB.</summary>
    private const int Step = 32;

    /// <summary>Bytes of bodies in one answer, as in a page of history; at most one step more.</summary>
    private const int MaxBytes = 128 * 1024;

    private static readonly TimeSpan TooManyWait = TimeSpan.FromSeconds(1);

    /// <param name="find">The room, if one may read it: asked again after every wait.</param>
    internal async ValueTask<Answer> FindAsync(
        EventsFrame frame, Func<RoomRef, ValueTask<(Room? Room, Refusal Refusal)>> find, User? you, CancellationToken cancel)
    {
        var (room, refusal) = await find(frame.Room);
        if (room is null)
            return Answer.No(refusal);
        var isKnown = frame.After is not null;
        var after = frame.After ?? (await context.Store.ReadHeadAsync(room.Id, CancellationToken.None)).Seq;
        // Entered before the log is read: what is committed meanwhile is in it, or rings.
        if (frame.Wait == TimeSpan.Zero)
            return (await ReadAsync(room, you, after, isKnown, frame.Limit)).Answer;
        if (!context.Rooms.Waiters.TryEnter(room.Id, out var rung))
            return new Answer(new Refused(Refusal.Busy, TooManyWait), null);
        try
        {
            var (answer, isEmpty, head) = await ReadAsync(room, you, after, isKnown, frame.Limit);
            context.Rooms.Waiters.Saw(room.Id, rung, head);
            if (!isEmpty || context.Sessions.Draining.IsCancellationRequested)
                return answer;
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, context.Sessions.Draining);
            await rung.WaitAsync(frame.Wait, context.Clock, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            context.Rooms.Waiters.Leave(room.Id, rung);
        }
        (room, refusal) = await find(frame.Room);
        return room is null ? Answer.No(refusal) : (await ReadAsync(room, you, after, isKnown, frame.Limit)).Answer;
    }

    /// <param name="isKnown">Whether the one who asks holds the event, and what came before it.</param>
    private async ValueTask<(Answer Answer, bool IsEmpty, long Head)> ReadAsync(Room room, User? you, long after, bool isKnown, int limit)
    {
        var head = await context.Store.ReadHeadAsync(room.Id, CancellationToken.None);
        if (isKnown && await context.Store.WhyResetAsync(context.Rooms, room, head, you, after) is { } reason)
            return (Answer.Of(frames => frames.EventsReset(room, reason, head.Seq)), false, head.Seq);
        var events = await ReadWholeAsync(room, you, after, Math.Min(head.Seq, after + limit));
        var next = events.Count > 0 ? events[^1].Seq : after;
        return (Answer.Of(frames => frames.Events(room, events, more: next < head.Seq, next, head.Seq)), events.Count == 0, head.Seq);
    }

    /// <summary>Without gaps: whoever was made to leave meanwhile sees less, and is told so when they ask again.</summary>
    private async ValueTask<List<RoomEvent>> ReadWholeAsync(Room room, User? you, long after, long upTo)
    {
        var whole = new List<RoomEvent>();
        for (var bytes = 0; after < upTo && bytes < MaxBytes;)
        {
            var step = await context.Store.ReadEventsAsync(room.Id, you?.Id, after, Math.Min(upTo, after + Step), CancellationToken.None);
            foreach (var ev in step)
            {
                if (ev.Seq != after + 1)
                    return whole;
                whole.Add(ev);
                after = ev.Seq;
                bytes += BodyOf(ev)?.Utf8.Length ?? 0;
            }
            if (step.Count == 0)
                break;
        }
        return whole;
    }

    private static MessageBody? BodyOf(RoomEvent ev) => ev switch
    {
        Posted posted => posted.Body,
        Edited edited => edited.Body,
        _ => null,
    };
}
