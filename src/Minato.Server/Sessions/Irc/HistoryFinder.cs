using System.Globalization;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Finds places in one room's log, and reads from there on: messages as they are now, or all events with draft/event-playback.</summary>
internal sealed class HistoryFinder(IrcSession session, Room room)
{
    /// <summary>Null: no place in this room.</summary>
    /// <param name="selector"><c>msgid=…</c> or <c>timestamp=…</c></param>
    internal async ValueTask<Place?> FindAsync(string selector)
    {
        if (selector.StartsWith("msgid=", StringComparison.Ordinal))
            return IrcNames.TryParseMessageId(selector["msgid=".Length..], out var of, out var seq) && of == room.Uid ? new Place(seq, seq) : null;
        if (!selector.StartsWith("timestamp=", StringComparison.Ordinal) || !TryParseTime(selector["timestamp=".Length..], out var ts))
            return null;
        return new Place(await FirstAtAsync(ts), await FirstAtAsync(ts + 1) - 1);
    }

    internal static bool TryParseTime(string text, out long ts)
    {
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        ts = isTime ? time.ToUnixTimeMilliseconds() : 0;
        return isTime;
    }

    /// <summary>What stands between two seqs, both exclusive.</summary>
    internal async ValueTask<Stretch> ReadAsync(Stretch.Bounds within, int limit, bool isNewest)
    {
        var (after, before) = within;
        if (session.Caps.HasFlag(IrcCaps.EventPlayback))
        {
            var head = (await session.Services.Store.ReadHeadAsync(room.Id, CancellationToken.None)).Seq;
            var last = Math.Min(before - 1, head);
            var (from, upTo) = isNewest ? (Math.Max(after, last - limit), last) : (after, Math.Min(last, after + limit));
            Stretch.Bounds? beyond = isNewest ? from > after ? new(after, from + 1) : null : upTo < last ? new(upTo, before) : null;
            return new Stretch(await EventsAsync(from, upTo), beyond);
        }
        var page = isNewest
            ? await PageAsync(new PageRequest(before == long.MaxValue ? null : before, null, limit))
            : await PageAsync(new PageRequest(null, after, limit));
        Stretch.Bounds? rest = page.Count < limit ? null : isNewest ? new(after, page[0].Seq) : new(page[^1].Seq, before);
        return new Stretch([.. page.Where(m => m.Seq > after && m.Seq < before).Select(AsEvent)], rest is { IsEmpty: false } ? rest : null);
    }

    internal async ValueTask<IReadOnlyList<RoomEvent>> AroundAsync(long seq, int limit)
    {
        if (session.Caps.HasFlag(IrcCaps.EventPlayback))
            return await EventsAsync(Math.Max(0, seq - 1 - (limit / 2)), seq - 1 - (limit / 2) + limit);
        return [.. (await PageAsync(new PageRequest(null, null, limit) { Around = seq })).Select(AsEvent)];
    }

    /// <summary>The seq of what is told first of this time or later; one above the head where nothing is. Times never go backwards in a room.</summary>
    private async ValueTask<long> FirstAtAsync(long ts)
    {
        var (low, high) = (1L, (await session.Services.Store.ReadHeadAsync(room.Id, CancellationToken.None)).Seq + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (await NextAsync(middle - 1) is var (seq, at) && at < ts)
                low = Math.Max(middle, seq) + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>What is told next, and when it was; null: nothing.</summary>
    private async ValueTask<(long Seq, long Ts)?> NextAsync(long after)
    {
        if (session.Caps.HasFlag(IrcCaps.EventPlayback) && await EventsAsync(after, after + 1) is [var next])
            return (next.Seq, next.Ts);
        // Before the client's time, or without events: the next message has its time.
        return await PageAsync(new PageRequest(null, after, 1)) is [var message, ..] ? (message.Seq, message.Ts) : null;
    }

    private async ValueTask<IReadOnlyList<RoomEvent>> EventsAsync(long after, long upTo) =>
        upTo <= after ? [] : await session.Services.Store.ReadEventsAsync(room.Id, session.You!.Id, after, upTo, CancellationToken.None);

    private async ValueTask<IReadOnlyList<Message>> PageAsync(PageRequest page) =>
        (await session.Services.Store.ReadHistoryAsync(room.Id, session.You!.Id, page, CancellationToken.None)).Messages;

    private RoomEvent AsEvent(Message message) =>
        new Posted(room.Id, message.Seq, message.Ts, message.From, message.PostNo, message.Body) { ReplyTo = message.ReplyTo };
}
