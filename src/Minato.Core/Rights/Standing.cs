namespace Minato.Core.Rights;

/// <summary>What somebody is in a room: a column of <see cref="RightsTable"/> each. The numbers of members' roles stand in the database.</summary>
public enum Standing
{
    /// <summary>Not a member: in a public room one who looks on and may speak.</summary>
    Outsider = 0,
    Member = 1,
    Moderator = 2,
    Owner = 3,

    /// <summary>Not a member, and asked to become one: the only way into a private room.</summary>
    Invited = 4,

    /// <summary>Shut out, until a moment or for good.</summary>
    Banned = 5,

    /// <summary>A member of whatever role who may not speak for now.</summary>
    Muted = 6,

    /// <summary>Muted, and not a member: leaving a public room is no way around it.</summary>
    MutedOutsider = 7,

    /// <summary>An admin or owner of the server in a public room, not a member. Elsewhere they are like anybody.</summary>
    Admin = 8,

    /// <summary>The same as a member, of whatever role.</summary>
    AdminMember = 9,

    /// <summary>A member who may speak where else only those speak who moderate: IRC's voice.</summary>
    Speaker = 10,

    /// <summary>A member who keeps order while people talk, and decides nothing about the room: IRC's half-operator.</summary>
    Helper = 11,
}

public static class Standings
{
    /// <summary>Whether it is a role that members have.</summary>
    public static bool IsRole(this Standing standing) =>
        standing is Standing.Member or Standing.Speaker or Standing.Helper or Standing.Moderator or Standing.Owner;

    /// <summary>How high a role stands; whoever has none stands lowest.</summary>
    public static int Height(this Standing role) => role switch
    {
        Standing.Member => 1,
        Standing.Speaker => 2,
        Standing.Helper => 3,
        Standing.Moderator => 4,
        Standing.Owner => 5,
        _ => 0,
    };

    /// <summary>Whether they belong to the room, as whatever.</summary>
    public static bool IsMember(this Standing standing) =>
        standing.IsRole() || standing is Standing.Muted or Standing.AdminMember;
}

/// <summary>What a right may depend on besides what somebody is.</summary>
/// <param name="IsOwn">Whether the message is the actor's own.</param>
/// <param name="Rank">What the actor is, muted or not.</param>
/// <param name="SubjectRank">What the one whom it is about is.</param>
/// <param name="IsBlocked">Whether one of the two whom it is between does not want to hear the other, see <see cref="RightsTable.IsBetweenTwo"/>.</param>
public readonly record struct Circumstances(bool IsOwn = false, Rank Rank = default, Rank SubjectRank = default, bool IsBlocked = false)
{
    public bool IsAboveSubject => Rank.IsAbove(SubjectRank);
}
