using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MARKREAD target [ 'timestamp=' time ]     answer: MARKREAD target ( 'timestamp=' time | '*' )   https://ircv3.net/specs/extensions/read-marker
/// <summary>How far one has read: the read position of every other client, told as a time.</summary>
internal static class ReadMarkers
{
    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var target = message[0];
        var given = 0L;
        if (target.Length == 0)
            session.Replies.Fail("MARKREAD", "NEED_MORE_PARAMS", "Which target?");
        else if (message.Count > 1 && !TryParseTime(message[1], out given))
            session.Replies.Fail("MARKREAD", "INVALID_PARAMS", Targets.Word(target), "A time is timestamp=YYYY-MM-DDThh:mm:ss.sssZ");
        else if (await FindAsync(session, target) is not { } place)
            NotFound(session, target, isAsked: message.Count == 1);
        else if (message.Count == 1)
            Say(session, session.Replies.Writer, Name(place, target), await TimeOfAsync(session, place, await PositionAsync(session, place.Room)));
        else
            await MoveAsync(session, place, Name(place, target), message[1], given);
    }

    /// <summary>Where the client stands when it enters.</summary>
    internal static async ValueTask<byte[]> ShowAsync(IrcSession session, Room room, string target) =>
        await ShowAsync(session, room, await PositionAsync(session, room), target);

    /// <summary>Where the client stands, as is known.</summary>
    internal static async ValueTask<byte[]> ShowAsync(IrcSession session, Room room, long seq, string target)
    {
        var ts = await TimeOfAsync(session, new Place(room, room.Uid), seq);
        return IrcSession.Line(writer => Say(session, writer, target, ts));
    }

    /// <summary>The room, or somebody with whom nothing was said yet; null: neither, or not for this client.</summary>
    private static async ValueTask<Place?> FindAsync(IrcSession session, string target)
    {
        if (await HistoryCommands.FindRoomAsync(session, target) is { } room)
            return new Place(room, room.Uid);
        return !Targets.IsChannel(target) && await session.Services.Store.FindUserAsync(target, CancellationToken.None) is { } other
            ? new Place(Room: null, other.Uid)
            : null;
    }

    /// <summary>A channel's present name, where the client used one that it had.</summary>
    private static string Name(Place place, string target) => place.Room is { } room ? IrcNames.ChannelOf(room) ?? target : target;

    /// <summary>Of what is not there nothing was read: whoever only asks learns no more than that.</summary>
    private static void NotFound(IrcSession session, string target, bool isAsked)
    {
        if (isAsked)
            Say(session, session.Replies.Writer, Targets.Word(target), ts: null);
        else
            session.Replies.Fail("MARKREAD", "INVALID_PARAMS", Targets.Word(target), "There is no such target");
    }

    /// <summary>It only ever moves forward: told an older time, the client is told where it is.</summary>
    private static async ValueTask MoveAsync(IrcSession session, Place place, string target, string selector, long given)
    {
        var known = await PositionAsync(session, place.Room);
        var wanted = place.Room is { } room ? (await new HistoryFinder(session, room).FindAsync(selector))!.Value.Last : 0;
        var last = (await LastReadAsync(session, place.Room, wanted)).Seq;
        // A clock that is ahead has not read what is still to be said.
        if (last >= (await LastReadAsync(session, place.Room, known)).Seq)
            session.Network.ReadTimes.Give(session.You!.Id, place.Id, last, Math.Min(given, session.Network.Now));
        if (wanted > known && session.MayWrite)
            session.Services.Log.MarkRead(new MarkRead(session.You!, place.Room!.Id, wanted));
        var ts = await TimeOfAsync(session, place, Math.Max(wanted, known));
        Say(session, session.Replies.Writer, target, ts);
        if (place.Room is { } read && session.MayWrite)
            foreach (var own in session.Services.Sessions.Of(session.You!.Id).OfType<IrcSession>())
                Know(own, read, Math.Max(wanted, known), own == session ? null : ts);
    }

    /// <summary>A client of the same user is told at once; once it is on disk it hears nothing of it a second time.</summary>
    private static void Know(IrcSession client, Room room, long seq, long? ts)
    {
        client.Marked[room.Id] = seq;
        if (ts is not null && client.Caps.HasFlag(IrcCaps.ReadMarker))
            client.Say(output => Say(client, new IrcWriter(output), IrcNames.ChannelOf(room) ?? IrcNames.TargetOf(room, client.You!), ts));
    }

    private static async ValueTask<long> PositionAsync(IrcSession session, Room? room)
    {
        if (room is null)
            return 0;
        var views = await session.Services.Store.ListRoomsAsync(session.You!.Id, CancellationToken.None);
        var saved = views.FirstOrDefault(v => v.Room.Id == room.Id)?.ReadSeq ?? 0;
        // What was marked a moment ago is on its way to the disk.
        return Math.Max(saved, session.Marked.GetValueOrDefault(room.Id));
    }

    private static async ValueTask<long?> TimeOfAsync(IrcSession session, Place place, long position)
    {
        var (seq, ts) = await LastReadAsync(session, place.Room, position);
        return session.Network.ReadTimes.Of(session.You!.Id, place.Id, seq) ?? ts;
    }

    /// <summary>The message that a position stands for: the last one up to it. Seq 0: none.</summary>
    private static async ValueTask<(long Seq, long? Ts)> LastReadAsync(IrcSession session, Room? room, long position)
    {
        if (position == 0 || room is null)
            return default;
        var page = await session.Services.Store.ReadHistoryAsync(room.Id, session.You!.Id, new PageRequest(position + 1, null, 1), CancellationToken.None);
        return page.Messages is [var last, ..] ? (last.Seq, last.Ts) : (0, null);
    }

    private static bool TryParseTime(string selector, out long ts)
    {
        ts = 0;
        return selector.StartsWith("timestamp=", StringComparison.Ordinal) && HistoryFinder.TryParseTime(selector["timestamp=".Length..], out ts);
    }

    private static void Say(IrcSession session, IrcWriter writer, string target, long? ts) =>
        writer.Begin(session.Network.Server, "MARKREAD").Word(target).Word(ts is { } known ? $"timestamp={IrcWriter.Timestamp(known)}" : "*").End();

    /// <param name="Room">Null: a user with whom there is no room yet.</param>
    private readonly record struct Place(Room? Room, Guid Id);
}
