using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Pages of a room's history, or of one thread of it.</summary>
internal static class HistoryReader
{
    /// <summary>
    /// Bytes of bodies in one page; a page of long messages is shorter, and says that there are more. As JSON it may be three times
    /// as large, which still fits into half of a send queue.
    /// </summary>
    private const int MaxPageBytes = 128 * 1024;

    /// <summary>With the bound as ?3, the limit as ?4 and a thread's root as ?5.</summary>
    private static readonly (string Backwards, string Forwards) OfRoom = (
        $"{Messages("m.seq < ?3")} order by m.seq desc limit ?4",
        $"{Messages("m.seq > ?3")} order by m.seq limit ?4");

    /// <summary>Its root is found by another key than the rest: as one condition, they would be collected whole and sorted.</summary>
    private static readonly (string Backwards, string Forwards) OfThread = (
        $"{Messages("m.seq < ?3 and m.thread_root = ?5")} union all {Messages("m.seq < ?3 and m.seq = ?5")} order by 1 desc limit ?4",
        $"{Messages("m.seq > ?3 and m.thread_root = ?5")} union all {Messages("m.seq > ?3 and m.seq = ?5")} order by 1 limit ?4");

    /// <summary>Whose page it is, of what, and as of when.</summary>
    /// <param name="Thread">The seq of the message that the thread began with; null: the whole room.</param>
    internal readonly record struct Request(RoomId Room, UserId? User, PageRequest Page, long? Thread, long Now);

    /// <summary>The head and the page come from one snapshot: what the page says is as of that head.</summary>
    internal static MessagePage Page(Database db, Request of)
    {
        db.BeginSnapshot();
        var head = RoomReader.Head(db, of.Room);
        var page = of.Page switch
        {
            { Around: { } around } => Around(db, of, around),
            { After: { } after } => Newer(db, of, after, of.Page.Limit, MaxPageBytes),
            _ => Older(db, of, of.Page.Before ?? long.MaxValue, of.Page.Limit, MaxPageBytes),
        };
        page = page with { Head = head.Seq, Messages = MessageReader.WithReactions(db, of.Room, of.User, page.Messages) };
        db.Commit();
        return page;
    }

    /// <summary>Half of the page before the message, and the rest from it on.</summary>
    private static MessagePage Around(Database db, Request of, long around)
    {
        var newer = Newer(db, of, around - 1, (of.Page.Limit + 1) / 2, MaxPageBytes / 2);
        // A page of one is the message itself; whether there are older ones is still to be said.
        var older = Older(db, of, around, Math.Max(of.Page.Limit / 2, 1), MaxPageBytes / 2);
        if (of.Page.Limit == 1)
            older = older with { More = older.More || older.Messages.Count > 0, Messages = [] };
        return new MessagePage(0, older.More, [.. older.Messages, .. newer.Messages]) { MoreAfter = newer.More };
    }

    private static MessagePage Older(Database db, Request of, long before, int limit, int maxBytes)
    {
        var messages = Read(Rows(db, of, of.Thread is null ? OfRoom.Backwards : OfThread.Backwards, before, limit), limit, maxBytes, out var more);
        messages.Reverse();
        return new MessagePage(0, more, messages);
    }

    private static MessagePage Newer(Database db, Request of, long after, int limit, int maxBytes) => new(
        0, Messages: Read(Rows(db, of, of.Thread is null ? OfRoom.Forwards : OfThread.Forwards, after, limit), limit, maxBytes, out var more), More: more);

    private static Statement Rows(Database db, Request of, string sql, long bound, int limit) =>
        db.Statement(sql).BindViewer(of.Room, of.User, of.Now).Bind(3, bound).Bind(4, limit + 1).Bind(5, of.Thread);

    private static List<Message> Read(Statement rows, int limit, int maxBytes, out bool more)
    {
        var messages = new List<Message>(limit);
        for (var bytes = 0; rows.Step();)
        {
            var message = MessageReader.Read(rows);
            bytes += message.Body?.Utf8.Length ?? 0;
            if (messages.Count == limit || (bytes > maxBytes && messages.Count > 0))
            {
                rows.Reset();
                more = true;
                return messages;
            }
            messages.Add(message);
        }
        more = false;
        return messages;
    }

    private static string Messages(string which) =>
        $"{MessageReader.Select} where m.room_id = ?1 and {which} and {Visibility.Bounds("m.seq")} and {Visibility.Condition("m.seq")}";
}
