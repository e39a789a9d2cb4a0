using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Reading;

internal static class HistoryReader
{
    /// <summary>
    /// Bytes of bodies in one page; a page of long messages is shorter, and says that there are more. As JSON it may be three times
    /// as large, which still fits into half of a send queue.
    /// </summary>
    private const int MaxPageBytes = 128 * 1024;

    private static readonly string Backwards =
        $"{MessageReader.Select} where m.room_id = ?1 and m.seq < ?3 and {Visibility.Condition("m.seq")} order by m.seq desc limit ?4";

    private static readonly string Forwards =
        $"{MessageReader.Select} where m.room_id = ?1 and m.seq > ?3 and {Visibility.Condition("m.seq")} order by m.seq limit ?4";

    /// <summary>The head and the page come from one snapshot: what the page says is as of that head.</summary>
    internal static MessagePage Page(Database db, (RoomId Room, UserId? User, PageRequest Page, long Now) of)
    {
        // No finally: a connection whose read failed is closed, and its transaction with it.
        db.Execute("begin");
        var head = RoomReader.Head(db, of.Room);
        var messages = Read(db, of, out var more);
        if (of.Page.After is null)
            messages.Reverse();
        messages = MessageReader.WithReactions(db, of.Room, of.User, messages);
        db.Execute("commit");
        return new MessagePage(head.Seq, more, messages);
    }

    private static List<Message> Read(Database db, (RoomId Room, UserId? User, PageRequest Page, long Now) of, out bool more)
    {
        var page = of.Page;
        var rows = (page.After is { } after
            ? db.Statement(Forwards).Bind(3, after)
            : db.Statement(Backwards).Bind(3, page.Before ?? long.MaxValue)).BindViewer(of.Room, of.User, of.Now).Bind(4, page.Limit + 1);
        var messages = new List<Message>(page.Limit);
        for (var bytes = 0; rows.Step();)
        {
            var message = MessageReader.Read(rows);
            bytes += message.Body?.Utf8.Length ?? 0;
            if (messages.Count == page.Limit || (bytes > MaxPageBytes && messages.Count > 0))
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
}
