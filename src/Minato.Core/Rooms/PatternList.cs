using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>What being like a pattern means in a room. The numbers stand in the database and in events.</summary>
public enum PatternList
{
    /// <summary>Kept out; whoever is in already says nothing.</summary>
    Ban = 0,

    /// <summary>Says nothing, in or not.</summary>
    Mute = 1,

    /// <summary>No ban's pattern holds.</summary>
    BanException = 2,

    /// <summary>No mute's pattern holds.</summary>
    MuteException = 3,

    /// <summary>Comes in where others need an invitation.</summary>
    InviteException = 4,
}

/// <summary>A pattern in one of a room's lists.</summary>
/// <param name="By">Who put it there.</param>
/// <param name="At">When, milliseconds since 1970 UTC.</param>
public sealed record ListedPattern(PatternList List, UserPattern Pattern, User By, long At);

/// <summary>What a room's patterns make of somebody.</summary>
/// <param name="IsMuted">Whoever is banned is that, too.</param>
public readonly record struct PatternHits(bool IsBanned, bool IsMuted, bool IsInvited)
{
    /// <param name="username">What a client calls its person; null: nothing.</param>
    public static PatternHits Of(IEnumerable<(PatternList List, UserPattern Pattern)> patterns, User user, string? username)
    {
        var (lists, look) = (0, Appearance.Of(user, username));
        foreach (var (list, pattern) in patterns)
            if ((lists & Bit(list)) == 0 && pattern.Matches(look))
                lists |= Bit(list);
        bool Is(PatternList list) => (lists & Bit(list)) != 0;
        var isBanned = Is(PatternList.Ban) && !Is(PatternList.BanException);
        return new PatternHits(isBanned, isBanned || (Is(PatternList.Mute) && !Is(PatternList.MuteException)), Is(PatternList.InviteException));
    }

    /// <summary>Whether patterns make a difference to what somebody is.</summary>
    public static bool Matter(Standing standing) => standing is Standing.Member or Standing.Outsider or Standing.Invited;

    /// <summary>What somebody is by it. Who has a role of more than a member, or keeps order on the server, is who they are by that.</summary>
    public Standing After(Standing standing) => standing switch
    {
        Standing.Member when IsMuted => Standing.Muted,
        Standing.Outsider or Standing.Invited when IsMuted => Standing.MutedOutsider,
        _ => standing,
    };

    private static int Bit(PatternList list) => 1 << (int)list;
}
