using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MARKREAD target [ 'timestamp=' time ]     answer: MARKREAD target ( 'timestamp=' time | '*' )   https://ircv3.net/specs/extensions/read-marker
/// <summary>How far one has read: the read position of every other client, told as the time of that message.</summary>
internal static class ReadMarkers
{
    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var target = message[0];
        if (target.Length == 0)
            session.Replies.Fail("MARKREAD", "NEED_MORE_PARAMS", "Which target?");
        else if (await HistoryCommands.FindRoomAsync(session, target) is not { } room)
            session.Replies.Fail("MARKREAD", "INVALID_PARAMS", Targets.Word(target), "There is no such target");
        else if (message.Count == 1)
            Say(session.Replies.Writer, target, await TimeOfAsync(session, room, await PositionAsync(session, room)));
        else if (message[1].StartsWith("timestamp=", StringComparison.Ordinal) && HistoryFinder.TryParseTime(message[1]["timestamp=".Length..], out _))
            await MoveAsync(session, room, target, message[1]);
        else
            session.Replies.Fail("MARKREAD", "INVALID_PARAMS", Targets.Word(target), "A time is timestamp=YYYY-MM-DDThh:mm:ss.sssZ");
    }

    /// <summary>Where the client stands when it enters.</summary>
    internal static async ValueTask<byte[]> ShowAsync(IrcSession session, Room room, string target) =>
        await ShowAsync(session, room, await PositionAsync(session, room), target);

    /// <summary>Where the client stands, as is known.</summary>
    internal static async ValueTask<byte[]> ShowAsync(IrcSession session, Room room, long seq, string target)
    {
        var ts = await TimeOfAsync(session, room, seq);
        return IrcSession.Line(writer => Say(writer, target, ts));
    }

    /// <summary>It only ever moves forward: told an older time, the client is told where it is.</summary>
    private static async ValueTask MoveAsync(IrcSession session, Room room, string target, string selector)
    {
        var wanted = (await new HistoryFinder(session, room).FindAsync(selector))!.Value.Last;
        var known = await PositionAsync(session, room);
        if (wanted > known && session.MayWrite)
            session.Services.Log.MarkRead(new MarkRead(session.You!, room.Id, wanted));
        session.Marked[room.Id] = Math.Max(wanted, known);
        Say(session.Replies.Writer, target, await TimeOfAsync(session, room, Math.Max(wanted, known)));
    }

    private static async ValueTask<long> PositionAsync(IrcSession session, Room room)
    {
        var views = await session.Services.Store.ListRoomsAsync(session.You!.Id, CancellationToken.None);
        var saved = views.FirstOrDefault(v => v.Room.Id == room.Id)?.ReadSeq ?? 0;
        // What was marked a moment ago is on its way to the disk.
        return Math.Max(saved, session.Marked.GetValueOrDefault(room.Id));
    }

    private static async ValueTask<long?> TimeOfAsync(IrcSession session, Room room, long seq)
    {
        if (seq == 0)
            return null;
        var page = await session.Services.Store.ReadHistoryAsync(room.Id, session.You!.Id, new PageRequest(seq + 1, null, 1), CancellationToken.None);
        return page.Messages.Count == 0 ? null : page.Messages[0].Ts;
    }

    private static void Say(IrcWriter writer, string target, long? ts) =>
        writer.Begin(IrcNetwork.Server, "MARKREAD").Word(target).Word(ts is { } known ? $"timestamp={IrcWriter.Timestamp(known)}" : "*").End();
}
