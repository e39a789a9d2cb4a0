using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>A way into a room for whoever has its secret, which is kept nowhere but with them.</summary>
/// <param name="Uid">UUIDv7, by which it is listed and revoked; it opens nothing.</param>
/// <param name="By">Who made it, and lets in whom it lets in: it ends with their right to invite.</param>
/// <param name="Until">When it ends, milliseconds since 1970 UTC.</param>
/// <param name="Uses">How many it lets in.</param>
/// <param name="Used">How many it has let in.</param>
public sealed record RoomLink(Guid Uid, User By, long Until, long Uses, long Used)
{
    /// <summary>7 days, as Discord's.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(7);

    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(30);

    /// <summary>Past <see cref="MaxLife"/>: who asks for all of it reckons by a clock of their own, which may be ahead of the server's.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>People.</summary>
    public const long DefaultUses = 25;

    /// <summary>People; a link for more is a door, and the room should be public.</summary>
    public const long MaxUses = 1000;

    /// <summary>Links of one room that let somebody in still.</summary>
    public const int MaxInRoom = 100;
}
