namespace Minato.Core.Rooms;

/// <summary>What rights in a room depend on, apart from who somebody is.</summary>
/// <param name="HidesPast">What was said before one came is not for one to see.</param>
/// <param name="IsGroup">Of a direct room: more than two are in it, or were.</param>
public readonly record struct RoomRules(
    RoomKind Kind, bool Archived = false, Posting Posting = Posting.Everyone, bool HidesPast = false, bool IsGroup = false);
