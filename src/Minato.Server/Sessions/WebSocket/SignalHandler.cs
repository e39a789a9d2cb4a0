using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Takes what is answered by nothing: how far somebody has read, and that they write. Whoever is nobody yet has nothing to tell.</summary>
internal sealed class SignalHandler(WebSocketSession session)
{
    /// <summary>Typing of one session: three rooms at once, then one every three seconds, which is how often a client says so. The rest is passed over.</summary>
    private static readonly Rate TypingPace = new(3, 1.0 / 3);

    private TokenBucket? _typing;

    /// <summary>It shows when it is on disk.</summary>
    internal async ValueTask HandleAsync(ReadFrame frame)
    {
        if (session is { You: { } you, MayWrite: true } && await session.Services.Store.FindRoomAsync(frame.Room) is { } room)
            session.Services.Log.MarkRead(new MarkRead(you, room.Id, frame.Seq));
    }

    /// <summary>In a room that the session is told of, and may post to.</summary>
    internal async ValueTask HandleAsync(TypingFrame frame)
    {
        if (session is not { You: { } you, MayWrite: true } || !(_typing ??= new TokenBucket(TypingPace, session.Services.Clock)).TryTake(out _) || await FindAsync(frame.Room) is not { } live)
            return;
        var room = live.Room;
        var standing = await SpeakingStanding.ReadAsync(session.Services.Store, room, you, username: null);
        if (RoomRights.Check(RoomAction.Post, room.Rules, standing) is null)
            live.Type(you);
    }

    /// <summary>By its id or its present name without asking the store; by a name that it had, with.</summary>
    private async ValueTask<LiveRoom?> FindAsync(RoomRef reference)
    {
        if (session.Rooms.FirstOrDefault(r => reference.Names(r.Room)) is { } live)
            return live;
        return reference.Uid is null && await session.Services.Store.FindRoomAsync(reference) is { } room ? session.Rooms.FirstOrDefault(r => r.Id == room.Id) : null;
    }
}
