using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>What a room is, apart from what was said in it.</summary>
/// <param name="Uid">UUIDv7, the id outside.</param>
/// <param name="Slug">The address behind <c>#</c>; null for direct rooms.</param>
public sealed record Room(RoomId Id, Guid Uid, RoomKind Kind, string? Slug, string Title, string Topic, bool Archived)
{
    /// <summary>What newcomers see. A direct room has none.</summary>
    public HistoryView History { get; init; }

    public Posting Posting { get; init; }

    /// <summary>See <see cref="SlowMode"/>; null: none.</summary>
    public long? SlowSeconds { get; init; }

    public Restrictions Restrictions { get; init; }

    /// <summary>See <see cref="Rooms.MemberLimit"/>; null: none.</summary>
    public long? MemberLimit { get; init; }

    /// <summary>Null: none. Told to those who moderate.</summary>
    public RoomKey? Key { get; init; }

    /// <summary>How many patterns its lists have, see <see cref="PatternList"/>: in most rooms none, and then nobody is held against any.</summary>
    public long Patterns { get; init; }

    /// <summary>How long what is said is kept, see <see cref="Retention"/>; null: for ever.</summary>
    public long? RetentionDays { get; init; }

    /// <summary>Who a direct room is between, those who have left it included; empty for others.</summary>
    public IReadOnlyList<User> Users { get; init; } = [];

    /// <summary>Whoever comes sees all that was ever said, member or not.</summary>
    public bool IsOpen => Kind == RoomKind.Public && History == HistoryView.All;

    /// <summary>The same room by another name. A title that is nothing but the name goes with it.</summary>
    public Room Called(string slug) => this with { Slug = slug, Title = Title == Slug ? slug : Title };

    public RoomRules Rules => new(Kind, Archived, Posting, HidesPast: History == HistoryView.Joined, IsGroup: Users.Count > 2, Restrictions, HasKey: Key is not null);
}

/// <summary>The small integer inside; <see cref="Room.Uid"/> is what the outside sees.</summary>
public readonly record struct RoomId(long Value)
{
    /// <summary>Of the first room in a store, the lobby: for whoever needs one that is there. <c>default</c> is no room's.</summary>
    public static readonly RoomId First = new(1);
}

/// <summary>Who may find a room. The numbers stand in the database.</summary>
public enum RoomKind
{
    Public = 0,
    Private = 1,
    Direct = 2,
}
