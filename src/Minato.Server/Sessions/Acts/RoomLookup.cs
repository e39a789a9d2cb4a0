using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>The room, or the user, that a client named.</summary>
internal static class RoomLookup
{
    /// <summary>The user whose id or nick it is.</summary>
    internal static ValueTask<User?> FindUserAsync(this IStore store, string user) => Guid.TryParse(user, out var uid)
        ? store.FindUserAsync(uid, CancellationToken.None)
        : store.FindUserAsync(user, CancellationToken.None);

    internal static ValueTask<Room?> FindRoomAsync(this IStore store, RoomRef reference) => reference switch
    {
        { Uid: { } uid } => store.FindRoomAsync(uid, CancellationToken.None),
        { Slug: { } slug } => store.FindRoomAsync(slug, CancellationToken.None),
        _ => ValueTask.FromResult<Room?>(null),
    };
}
