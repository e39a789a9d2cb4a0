using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>The room that a client named.</summary>
internal static class RoomLookup
{
    internal static ValueTask<Room?> FindRoomAsync(this IStore store, RoomRef reference) => reference switch
    {
        { Uid: { } uid } => store.FindRoomAsync(uid, CancellationToken.None),
        { Slug: { } slug } => store.FindRoomAsync(slug, CancellationToken.None),
        _ => ValueTask.FromResult<Room?>(null),
    };
}
