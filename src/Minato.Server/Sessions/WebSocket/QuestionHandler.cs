using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Server.Rooms;
using Minato.Server.Rooms.Presence;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Answers what a client asks of the log and of who is there. Every answer passes the rights.</summary>
internal sealed class QuestionHandler(WebSocketSession session)
{
    /// <summary>Rooms in one directory, people in one list.</summary>
    private const int MaxListed = 500;

    /// <summary>Bytes of bodies in one list of mentions, as in a page of history; at most one message more.</summary>
    private const int MaxMentionBytes = 256 * 1024;

    private readonly SearchHandler _search = new(session);

    internal async ValueTask HandleAsync(QuestionFrame frame)
    {
        if (!session.TryKeepPace(out var tooFast))
            session.SendError(null, frame.Rid, tooFast!);
        else if (frame is RoomsFrame)
            await RoomsAsync(frame.Rid);
        else if (frame is SearchFrame { Room: null } everywhere)
            await _search.HandleAsync(everywhere, room: null);
        else if (frame is MentionsFrame mentions)
            await MentionsAsync(mentions);
        else if (await FindAsync(frame) is not { } room)
            session.SendError(null, frame.Rid, new Refused(Refusal.NoSuchRoom));
        else if (await MayNotAsync(frame is ReceiptsFrame ? RoomAction.MarkRead : RoomAction.Read, room) is { } refusal)
            session.SendError(null, frame.Rid, new Refused(refusal));
        else if (frame is HistoryFrame history)
            await HistoryAsync(history, room);
        else if (frame is SearchFrame search)
            await _search.HandleAsync(search, room);
        else if (frame is MembersFrame members)
            await MembersAsync(members, room);
        else if (frame is ReceiptsFrame)
            await ReceiptsAsync(frame.Rid, room);
        else
            Who((WhoFrame)frame, room);
    }

    private async ValueTask RoomsAsync(string? rid)
    {
        var listings = await session.Services.Store.ListPublicRoomsAsync(session.You?.Id, MaxListed, CancellationToken.None);
        var frames = Frames.OfThisThread;
        frames.Rooms(rid, listings);
        session.Send(frames);
    }

    private async ValueTask HistoryAsync(HistoryFrame frame, Room room)
    {
        var store = session.Services.Store;
        var page = frame.Thread is { } root
            ? await store.ReadThreadAsync(room.Id, session.You?.Id, root, frame.Page, CancellationToken.None)
            : await store.ReadHistoryAsync(room.Id, session.You?.Id, frame.Page, CancellationToken.None);
        var frames = Frames.OfThisThread;
        frames.History(frame.Rid, room.Uid, page);
        // A page may be a quarter of a MiB, and twice that in JSON: whoever asks for many reads them before the next.
        await session.EnqueueWhenRoomAsync(frames.Framed());
    }

    private void Who(WhoFrame frame, Room room)
    {
        var here = session.Services.Rooms.Find(room.Id)?.Here(frame.After, MaxListed) ?? new HerePage([], false, 0);
        var frames = Frames.OfThisThread;
        frames.Who(frame.Rid, room.Uid, here.Users, here.Count, here.More);
        session.Send(frames);
    }

    private async ValueTask MembersAsync(MembersFrame frame, Room room)
    {
        var members = await session.Services.Store.ReadMembersAsync(room.Id, frame.After, frame.Limit + 1, CancellationToken.None);
        var frames = Frames.OfThisThread;
        frames.Members(frame.Rid, room.Uid, [.. members.Take(frame.Limit)], more: members.Count > frame.Limit);
        session.Send(frames);
    }

    private async ValueTask ReceiptsAsync(string? rid, Room room)
    {
        // Only members are let this far, and they are somebody.
        var positions = await session.Services.Store.ReadPositionsAsync(room.Id, session.You!.Id, MaxListed, CancellationToken.None);
        var frames = Frames.OfThisThread;
        frames.Receipts(rid, room.Uid, positions);
        session.Send(frames);
    }

    private async ValueTask MentionsAsync(MentionsFrame frame)
    {
        IReadOnlyList<Mention> found = session.You is { } you
            ? await session.Services.Store.ReadMentionsAsync(you.Id, frame.Limit + 1, CancellationToken.None)
            : [];
        var fit = 0;
        for (var bytes = 0; fit < Math.Min(found.Count, frame.Limit) && bytes < MaxMentionBytes; fit++)
            bytes += found[fit].Message.Body?.Utf8.Length ?? 0;
        var frames = Frames.OfThisThread;
        frames.Mentions(frame.Rid, [.. found.Take(fit)], more: fit < found.Count);
        await session.EnqueueWhenRoomAsync(frames.Framed());
    }

    private ValueTask<Room?> FindAsync(QuestionFrame frame)
    {
        var reference = frame switch
        {
            HistoryFrame history => history.Room,
            WhoFrame who => who.Room,
            MembersFrame members => members.Room,
            SearchFrame { Room: { } room } => room,
            ReceiptsFrame receipts => receipts.Room,
            _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
        };
        return session.FindRoomAsync(reference);
    }

    private async ValueTask<Refusal?> MayNotAsync(RoomAction action, Room room)
    {
        var standing = await session.Services.Store.ReadStandingAsync(room.Id, session.You?.Id, CancellationToken.None);
        return RoomRights.Check(action, room.Kind, room.Archived, standing);
    }
}
