using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Rooms;

namespace Minato.Server.Sessions.Acts;

/// <summary>Whether somebody who holds a room up to some event can be told the rest of it without gaps.</summary>
internal static class ResumePoint
{
    private static readonly byte[] Ahead = "ahead"u8.ToArray();
    private static readonly byte[] Trimmed = "trimmed"u8.ToArray();

    /// <summary>Why not, in the protocol's word; null: they can.</summary>
    /// <param name="rooms">They know what was lost.</param>
    /// <param name="after">The newest event that they hold.</param>
    internal static async ValueTask<byte[]?> WhyResetAsync(this IStore store, LiveRooms rooms, Room room, RoomHead head, User? you, long after)
    {
        if (after > head.Seq || rooms.MayBeLost(room.Id, after))
            return Ahead;
        // What is older than the room keeps it is gone for everybody; who was away from a room that is not open may not see all that lies between.
        if (after < head.FirstSeq - 1)
            return Trimmed;
        var first = room.IsOpen ? 1 : await store.ReadFirstOfSpanAsync(room.Id, you?.Id, CancellationToken.None);
        return after < first - 1 ? Trimmed : null;
    }
}
