using Minato.Core.Commands;

namespace Minato.Core.Rooms;

/// <summary>Who comes into a public room by themselves, after the rights have let them: a link and an invitation open it in any case.</summary>
public static class Door
{
    /// <summary>Not everybody whom the rights let in comes in.</summary>
    public static bool IsThere(Room room) => room.Kind == RoomKind.Public && (room.Rules.IsClosed || room.MemberLimit is not null || room.Patterns > 0);

    /// <param name="members">How many are in.</param>
    /// <param name="isExpected">They were invited, or keep order on the server.</param>
    /// <param name="isPardoned">The same, by somebody who moderates and so could take a ban's pattern away.</param>
    /// <param name="key">What they gave; null: nothing that could be one.</param>
    /// <param name="hits">What the room's patterns make of them.</param>
    public static Refusal? Check(Room room, long members, bool isExpected, bool isPardoned, RoomKey? key, PatternHits hits)
    {
        if (room.Kind != RoomKind.Public)
            return null;
        if (hits.IsBanned && !isPardoned)
            return Refusal.Forbidden;
        if (isExpected)
            return null;
        if (room.Restrictions.HasFlag(Restrictions.InviteOnly) && !hits.IsInvited)
            return Refusal.InviteOnly;
        if (room.Key is { } door && key?.Opens(door) != true)
            return Refusal.WrongKey;
        return members >= room.MemberLimit ? Refusal.RoomFull : null;
    }
}
