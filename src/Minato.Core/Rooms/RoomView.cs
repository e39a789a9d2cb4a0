using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>A room as one user sees it in a list.</summary>
/// <param name="ReadSeq">The user's read position, a seq.</param>
/// <param name="Unread">Posts after it; 0 for one who only looks on.</param>
public sealed record RoomView(Room Room, RoomHead Head, bool IsMember, long ReadSeq, long Unread)
{
    /// <summary>What the user is in it, muted or not: a role of members'. <see cref="Standing.Outsider"/> for one who only looks on.</summary>
    public Standing Role { get; init; }
}

/// <summary>Who belongs to a room, and as what.</summary>
/// <param name="Role">Member, speaker, helper, moderator or owner.</param>
public sealed record Member(User User, Standing Role);

/// <summary>How far somebody has read.</summary>
public sealed record ReadPosition(User User, long Seq);

/// <summary>A room by its counts, as who administers it sees it. Who a direct room is between is not among them.</summary>
public sealed record RoomSummary(Room Room, RoomHead Head, int Members);

/// <summary>A public room in the directory.</summary>
public sealed record RoomListing(RoomView View, int Members);
