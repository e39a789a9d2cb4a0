namespace Minato.Core.Rooms;

/// <summary>What rights in a room depend on, apart from who somebody is.</summary>
/// <param name="HidesPast">What was said before one came is not for one to see.</param>
/// <param name="IsGroup">Of a direct room: more than two are in it, or were.</param>
/// <param name="HasKey">See <see cref="RoomKey"/>.</param>
public readonly record struct RoomRules(
    RoomKind Kind, bool Archived = false, Posting Posting = Posting.Everyone, bool HidesPast = false, bool IsGroup = false,
    Restrictions Restrictions = Restrictions.None, bool HasKey = false)
{
    /// <summary>Not everybody who might come in does: then whoever is outside reads nothing either.</summary>
    public bool IsClosed => HasKey || Restrictions.HasFlag(Restrictions.InviteOnly);
}
