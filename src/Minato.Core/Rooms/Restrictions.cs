namespace Minato.Core.Rooms;

/// <summary>What a room holds back from those who do not keep order in it. The numbers stand in the database and in events.</summary>
[Flags]
public enum Restrictions
{
    None = 0,

    /// <summary>Whoever joins was invited, by whoever keeps order or by a link; others read nothing. A private room is so by nature.</summary>
    InviteOnly = 1,

    /// <summary>Whoever keeps order sets the topic.</summary>
    TopicLocked = 2,

    /// <summary>Not in the list of public rooms, but for those who are in it. Whoever knows the name may come.</summary>
    Unlisted = 4,

    /// <summary>Whoever looks on does not speak.</summary>
    MembersOnly = 8,

    All = InviteOnly | TopicLocked | Unlisted | MembersOnly,
}
