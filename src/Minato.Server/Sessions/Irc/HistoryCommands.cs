using System.Buffers;
using System.Globalization;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// CHATHISTORY LATEST target ( '*' | selector ) limit | ( BEFORE | AFTER | AROUND ) target selector limit | BETWEEN target selector selector limit
// CHATHISTORY TARGETS timestamp timestamp limit     selector = 'msgid=' id | 'timestamp=' time
/// <summary>What was said before. https://ircv3.net/specs/extensions/chathistory</summary>
internal static class HistoryCommands
{
    /// <summary>Bytes after which a page ends, however few messages that are: 256 KiB. Whoever wants more asks on from there.</summary>
    internal const int MaxPage = 256 * 1024;

    internal static async ValueTask ChatHistoryAsync(IrcSession session, IrcMessage message)
    {
        var subcommand = message[0].ToUpperInvariant();
        var least = subcommand switch { "BETWEEN" => 5, "LATEST" or "BEFORE" or "AFTER" or "AROUND" or "TARGETS" => 4, _ => 0 };
        if (least == 0)
            session.Replies.Fail("CHATHISTORY", "INVALID_PARAMS", Targets.Word(message[0]), "There is no such subcommand");
        else if (message.Count < least)
            session.Replies.Fail("CHATHISTORY", "INVALID_PARAMS", subcommand, "Not enough parameters");
        else if (!int.TryParse(message[least - 1], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit == 0)
            session.Replies.Fail("CHATHISTORY", "INVALID_PARAMS", subcommand, Targets.Word(message[least - 1]), "The limit is a number from 1 on");
        else if (subcommand == "TARGETS")
            await HistoryTargets.RunAsync(session, message[1], message[2], Math.Min(limit, PageRequest.MaxLimit));
        else
            await OfTargetAsync(session, message, subcommand, Math.Min(limit, PageRequest.MaxLimit));
    }

    /// <summary>The room of a channel, or the direct room with somebody, if the client may read it; null: none.</summary>
    internal static async ValueTask<Room?> FindRoomAsync(IrcSession session, string target)
    {
        var room = Targets.IsChannel(target)
            ? await session.FindRoomAsync(target)
            : session.Rooms.Select(r => r.Room).FirstOrDefault(r => IrcNames.ChannelOf(r) is null && IsWith(session, r, target));
        return room is not null && await session.MayReadAsync(room) ? room : null;
    }

    private static bool IsWith(IrcSession session, Room room, string nick)
    {
        var key = Core.Users.Nick.Key(nick);
        var others = room.Users.Where(u => u.Id != session.You!.Id).DefaultIfEmpty(session.You!);
        return others.Any(u => Core.Users.Nick.Key(u.Nick) == key);
    }

    private static async ValueTask OfTargetAsync(IrcSession session, IrcMessage message, string subcommand, int limit)
    {
        var target = message[1];
        // Of a channel those are told what was said who are in it, as everywhere on IRC.
        if ((Targets.IsChannel(target) && await session.Channels.FindAsync(target) is null) || await FindRoomAsync(session, target) is not { } room)
        {
            session.Replies.Fail("CHATHISTORY", "INVALID_TARGET", subcommand, Targets.Word(target), "Messages could not be retrieved: there is no such target");
            return;
        }
        var finder = new HistoryFinder(session, room);
        var first = subcommand == "LATEST" && message[2] == "*" ? new Place(0, 0) : await finder.FindAsync(message[2]);
        var second = subcommand == "BETWEEN" ? await finder.FindAsync(message[3]) : first;
        if (first is not { } from || second is not { } to)
        {
            session.Replies.Fail("CHATHISTORY", "INVALID_PARAMS", subcommand, "A place is msgid=ID or timestamp=YYYY-MM-DDThh:mm:ss.sssZ");
            return;
        }
        var (after, before, isNewest) = subcommand switch
        {
            "LATEST" => (from.Last, long.MaxValue, true),
            "BEFORE" => (0, from.First, true),
            "AFTER" => (from.Last, long.MaxValue, false),
            "BETWEEN" when from.First <= to.First => (from.Last, to.First, false),
            "BETWEEN" => (to.Last, from.First, true),
            _ => (from.First, from.First, false),
        };
        var batch = session.Caps.HasFlag(IrcCaps.Batch) ? session.Replies.NextBatch() : null;
        // Of what lies around there is an end on either side, and a page does not say whose it is.
        var page = subcommand == "AROUND"
            ? Fitting((await finder.AroundAsync(from.First, limit)).OrderBy(e => Math.Abs(e.Seq - from.First)), Write, limit) with { IsWhole = false }
            : await PageAsync(finder, new Stretch.Bounds(after, before), limit, isNewest);
        Say(session, IrcNames.ChannelOf(room) ?? target, batch, page);

        byte[] Write(RoomEvent ev) => session.HidesWordsOf(ev) ? [] : IrcFormat.Written(output =>
        {
            if (ev is SlugChanged)
                session.Format.Writer.Noted(output, room, ev, batch);
            else
                session.Format.Writer.Event(output, room, ev, label: null, batch);
        });

        // A page without a line is the end, for a client: where all of it was deleted, the one after it is given.
        async ValueTask<Page> PageAsync(HistoryFinder finder, Stretch.Bounds within, int limit, bool isNewest)
        {
            var size = limit;
            while (true)
            {
                var stretch = await finder.ReadAsync(within, size, isNewest);
                // Those that were asked for first, where not all fit.
                var read = Fitting(stretch.Events.OrderBy(e => isNewest ? -e.Seq : e.Seq), Write, limit);
                if (stretch.Rest is not { } rest)
                    return read;
                if (read.Lines.Count > 0 || session.IsClosing || session.IsDraining)
                    return read with { IsWhole = false };
                await session.KeepPaceAsync();
                (within, size) = (rest, PageRequest.MaxLimit);
            }
        }
    }

    private static void Say(IrcSession session, string target, string? batch, Page page)
    {
        if (batch is not null)
        {
            var writer = session.Replies.Writer;
            if (page.IsWhole && session.Caps.HasFlag(IrcCaps.MessageTags))
                writer.Tag("draft/chathistory-end");
            writer.Begin(session.Network.Server, "BATCH").Word($"+{batch}").Word("chathistory").Word(target).End();
        }
        foreach (var bytes in page.Lines.Values)
            session.Replies.Output.Write(bytes);
        if (batch is not null)
            session.Replies.Begin("BATCH").Word($"-{batch}").End();
    }

    /// <summary>As many as a page takes, and one always, by their seqs; without those of which there is nothing to say.</summary>
    private static Page Fitting(IEnumerable<RoomEvent> events, Func<RoomEvent, byte[]> write, int most)
    {
        var (kept, bytes) = (new SortedList<long, byte[]>(), 0);
        foreach (var ev in events)
        {
            var written = write(ev);
            if (written.Length == 0)
                continue;
            bytes += written.Length;
            if (kept.Count == most || (kept.Count > 0 && bytes > MaxPage))
                return new Page(kept, IsWhole: false);
            kept.Add(ev.Seq, written);
        }
        return new Page(kept, IsWhole: true);
    }

    /// <param name="Lines">By their seqs.</param>
    /// <param name="IsWhole">Whether nothing is left of what was asked for: the next page would be empty.</param>
    private readonly record struct Page(SortedList<long, byte[]> Lines, bool IsWhole);
}

/// <summary>Where something stands in a log: the seqs between which there is nothing of another time.</summary>
/// <param name="First">The first seq of it: what is before is below.</param>
/// <param name="Last">The last seq of it: what is after is above. Below <paramref name="First"/> where nothing stands there.</param>
internal readonly record struct Place(long First, long Last);
