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

    private static readonly string Select = $"""
        select m.seq, m.post_no, m.ts, b.body, {UserReader.Columns}
        from messages m
        join users u on u.id = m.user_id
        left join bodies b on b.room_id = m.room_id and b.seq = m.body_seq
        """;

    private static readonly string Backwards =
        $"{Select} where m.room_id = ?1 and m.seq < ?3 and {Visibility.Condition("m.seq")} order by m.seq desc limit ?4";

    private static readonly string Forwards =
        $"{Select} where m.room_id = ?1 and m.seq > ?3 and {Visibility.Condition("m.seq")} order by m.seq limit ?4";

    /// <summary>The head and the page come from one snapshot: what the page says is as of that head.</summary>
    internal static MessagePage Page(Database db, (RoomId Room, UserId? User, PageRequest Page) of)
    {
        // No finally: a connection whose read failed is closed, and its transaction with it.
        db.Execute("begin");
        var head = RoomReader.Head(db, of.Room);
        var messages = Read(db, of.Room, of.User, of.Page, out var more);
        db.Execute("commit");
        if (of.Page.After is null)
            messages.Reverse();
        return new MessagePage(head.Seq, more, messages);
    }

    private static List<Message> Read(Database db, RoomId room, UserId? user, PageRequest page, out bool more)
    {
        var rows = (page.After is { } after
            ? db.Statement(Forwards).Bind(3, after)
            : db.Statement(Backwards).Bind(3, page.Before ?? long.MaxValue)).BindViewer(room, user).Bind(4, page.Limit + 1);
        var messages = new List<Message>(page.Limit);
        for (var bytes = 0; rows.Step();)
        {
            var body = EventReader.BodyOrNull(rows, 3);
            bytes += body?.Utf8.Length ?? 0;
            if (messages.Count == page.Limit || (bytes > MaxPageBytes && messages.Count > 0))
            {
                rows.Reset();
                more = true;
                return messages;
            }
            messages.Add(new Message(rows.Int64(0), rows.Int64(1), rows.Int64(2), UserReader.Read(rows, 4), body));
        }
        more = false;
        return messages;
    }
}
