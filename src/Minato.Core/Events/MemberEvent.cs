using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Events;

/// <summary>Somebody did something about somebody else's part in the room.</summary>
public abstract record MemberEvent(RoomId Room, long Seq, long Ts, User From, User Subject) : RoomEvent(Room, Seq, Ts, From);

public sealed record Invited(RoomId Room, long Seq, long Ts, User From, User Subject) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Invited;
}

public sealed record Kicked(RoomId Room, long Seq, long Ts, User From, User Subject) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Kicked;
}

/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record Banned(RoomId Room, long Seq, long Ts, User From, User Subject, long? Until) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Banned;
}

public sealed record Unbanned(RoomId Room, long Seq, long Ts, User From, User Subject) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Unbanned;
}

/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record Muted(RoomId Room, long Seq, long Ts, User From, User Subject, long? Until) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Muted;
}

public sealed record Unmuted(RoomId Room, long Seq, long Ts, User From, User Subject) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Unmuted;
}

/// <param name="Role">Member, speaker, helper, moderator or owner.</param>
public sealed record RoleChanged(RoomId Room, long Seq, long Ts, User From, User Subject, Standing Role) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    /// <summary>What they were; <see cref="Standing.Outsider"/> where a log of an older version does not say.</summary>
    public Standing Was { get; init; }

    public override EventKind Kind => EventKind.RoleChanged;
}

/// <summary>From here on nobody is given a body of these messages any more, whether or not the disk is clean yet.</summary>
/// <param name="UpTo">The subject's messages with a seq up to this one are erased.</param>
public sealed record MessagesErased(RoomId Room, long Seq, long Ts, User From, User Subject, long UpTo) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.MessagesErased;
}

/// <summary>The subject owns the room from then on, and who did it is a moderator.</summary>
public sealed record Transferred(RoomId Room, long Seq, long Ts, User From, User Subject) : MemberEvent(Room, Seq, Ts, From, Subject)
{
    public override EventKind Kind => EventKind.Transferred;
}
