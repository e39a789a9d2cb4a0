using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Answers what a client asks of the log and of who is there. Every answer passes the rights.</summary>
internal sealed class QuestionHandler(WebSocketSession session)
{
    /// <summary>Rooms in one directory, people in one list.</summary>
    private const int MaxListed = 500;

    private readonly SearchHandler _search = new(session);

    internal async ValueTask HandleAsync(QuestionFrame frame)
    {
        if (!session.TryKeepPace(out var tooFast))
            session.SendError(null, frame.Rid, tooFast!);
        else if (frame is RoomsFrame)
            await RoomsAsync(frame.Rid);
        else if (frame is SearchFrame { Room: null } everywhere)
            await _search.HandleAsync(everywhere, room: null);
        else if (await FindAsync(frame) is not { } room)
            session.SendError(null, frame.Rid, new Refused(Refusal.NoSuchRoom));
        else if (await MayNotReadAsync(room) is { } refusal)
            session.SendError(null, frame.Rid, new Refused(refusal));
        else if (frame is HistoryFrame history)
            await HistoryAsync(history, room);
        else if (frame is SearchFrame search)
            await _search.HandleAsync(search, room);
        else
            Who(frame.Rid, room);
    }

    /// <summary>A read position is not answered: it shows when it is on disk.</summary>
    internal async ValueTask HandleAsync(ReadFrame frame)
    {
        // Before somebody is durable there is nobody whose position it could be.
        if (session.You is { } you && await session.FindRoomAsync(frame.Room) is { } room)
            session.Services.Log.MarkRead(new MarkRead(you, room.Id, frame.Seq));
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

    private void Who(string? rid, Room room)
    {
        var here = session.Services.Rooms.Find(room.Id)?.Here() ?? [];
        var known = here.Select(u => u.User).OfType<User>().Take(MaxListed).ToList();
        var frames = Frames.OfThisThread;
        frames.Who(rid, room.Uid, known, here.Count);
        session.Send(frames);
    }

    private ValueTask<Room?> FindAsync(QuestionFrame frame)
    {
        var reference = frame switch
        {
            HistoryFrame history => history.Room,
            WhoFrame who => who.Room,
            SearchFrame { Room: { } room } => room,
            _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
        };
        return session.FindRoomAsync(reference);
    }

    private async ValueTask<Refusal?> MayNotReadAsync(Room room)
    {
        var standing = await session.Services.Store.ReadStandingAsync(room.Id, session.You?.Id, CancellationToken.None);
        return RoomRights.Check(RoomAction.Read, room.Kind, room.Archived, standing);
    }
}
