using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Storage;

/// <summary>Something that a server committed besides events: not what it is now, but what is to be read again. What a kind does not need is nobody's and none.</summary>
/// <param name="Other">Whom <paramref name="User"/> does not want to hear, or does again.</param>
public readonly record struct NodeChange(ChangeKind Kind, UserId User = default, UserId Other = default, RoomId Room = default, long Seq = 0)
{
    /// <summary>Whether the very server committed it that asks.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>Never renumber: the numbers stand in databases. Whoever does not know one passes over it.</summary>
public enum ChangeKind
{
    /// <summary>The user came into a room or went from it, by the event of this seq.</summary>
    Membership = 1,

    /// <summary>The user's role, kind, or what lets them in.</summary>
    User = 2,

    Block = 3,

    /// <summary>How many reports are open.</summary>
    Reports = 4,

    /// <summary>Who may sign up.</summary>
    SignUp = 5,

    /// <summary>How far the user has read in a room.</summary>
    Read = 6,

    /// <summary>The user's name, and perhaps more of <see cref="User"/>.</summary>
    Name = 7,
}

/// <summary>How far changes are known. Transactions end in another order than they began, so it is a number of a transaction, and what was seen from it on.</summary>
/// <param name="Xid">Every transaction below it has ended, and was seen.</param>
/// <param name="Seen">Those changes of transactions from there on that were seen.</param>
/// <param name="At">Milliseconds since 1970 UTC, by the database's clock.</param>
public sealed record ChangeMark(long Xid, IReadOnlySet<long> Seen, long At)
{
    /// <summary>See <see cref="ICommitFeed.Timeline"/>: on another one the same numbers may be given once more.</summary>
    public long Timeline { get; init; }

    /// <summary>The newest change of others that was seen; null: none.</summary>
    public SeenChange? Last { get; init; }
}

/// <param name="At">When it was seen, as <see cref="ChangeMark.At"/>.</param>
public readonly record struct SeenChange(long Id, long Xid, Guid Writer, long At);

/// <param name="Mark">From where to go on.</param>
public sealed record ChangePage(IReadOnlyList<NodeChange> Changes, ChangeMark Mark)
{
    /// <summary>So long after the mark that some may be gone, or of another past than the mark: everything may have changed.</summary>
    public bool IsIncomplete { get; init; }
}

/// <summary>What became of a user.</summary>
/// <param name="IsGone">Nobody gets in as them any more.</param>
/// <param name="Rooms">Those that they are a member of.</param>
public sealed record UserNow(User User, bool IsGone, IReadOnlyList<RoomId> Rooms);

/// <summary>How far somebody has read.</summary>
public readonly record struct ReadNow(RoomId Room, User User, long Seq, long PostNo, long Unread);
