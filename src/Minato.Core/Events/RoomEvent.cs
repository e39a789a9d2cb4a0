using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Events;

/// <summary>One entry of a room's log. Together they are the room: everybody sees them in this one gapless order.</summary>
/// <param name="Seq">Gapless from 1 within the room.</param>
/// <param name="Ts">Milliseconds since 1970 UTC, never backwards within the room.</param>
public abstract record RoomEvent(RoomId Room, long Seq, long Ts, User From)
{
    /// <summary>The number that stands in the database.</summary>
    public abstract EventKind Kind { get; }
}

/// <summary>Never renumber: the numbers stand in databases.</summary>
public enum EventKind
{
    Created = 1,
    Posted = 2,
    Joined = 3,
    Left = 4,
    TopicChanged = 5,
    Edited = 6,
    Deleted = 7,
    Reacted = 8,
    PinChanged = 9,
    Invited = 10,
    Kicked = 11,
    Banned = 12,
    Unbanned = 13,
    Muted = 14,
    Unmuted = 15,
    RoleChanged = 16,
    TitleChanged = 17,
    ArchiveChanged = 18,
    HistoryChanged = 19,
    RetentionChanged = 20,
    MessagesErased = 21,
    PostingChanged = 22,
    SlowModeChanged = 23,
    Transferred = 24,
    RestrictionsChanged = 25,
    MemberLimitChanged = 26,
    KeyChanged = 27,
    PatternChanged = 28,
    SlugChanged = 29,
}

public sealed record Created(RoomId Room, long Seq, long Ts, User From, RoomKind RoomKind, string? Slug, string Title)
    : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.Created;
}

/// <param name="PostNo">Gapless from 1 among the room's posts.</param>
/// <param name="Body">Null when it was erased since.</param>
public sealed record Posted(RoomId Room, long Seq, long Ts, User From, long PostNo, MessageBody? Body)
    : RoomEvent(Room, Seq, Ts, From)
{
    /// <summary>The seq of the message that it answers, and of the one that its thread began with.</summary>
    public long? ReplyTo { get; init; }

    public long? ThreadRoot { get; init; }

    public override EventKind Kind => EventKind.Posted;
}

public sealed record Joined(RoomId Room, long Seq, long Ts, User From) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.Joined;
}

public sealed record Left(RoomId Room, long Seq, long Ts, User From) : RoomEvent(Room, Seq, Ts, From)
{
    /// <summary>Who owns the room from then on, because its last owner left; null: nobody had to.</summary>
    public User? Heir { get; init; }

    public override EventKind Kind => EventKind.Left;
}

public sealed record TopicChanged(RoomId Room, long Seq, long Ts, User From, string Topic) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.TopicChanged;
}

public sealed record TitleChanged(RoomId Room, long Seq, long Ts, User From, string Title) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.TitleChanged;
}

/// <param name="Was">By which the room is still found.</param>
public sealed record SlugChanged(RoomId Room, long Seq, long Ts, User From, string Slug, string Was) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.SlugChanged;
}

/// <param name="On">False: the room was brought back.</param>
public sealed record ArchiveChanged(RoomId Room, long Seq, long Ts, User From, bool On) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.ArchiveChanged;
}

public sealed record HistoryChanged(RoomId Room, long Seq, long Ts, User From, HistoryView History) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.HistoryChanged;
}

/// <param name="Days">Null: for ever.</param>
public sealed record RetentionChanged(RoomId Room, long Seq, long Ts, User From, long? Days) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.RetentionChanged;
}

public sealed record PostingChanged(RoomId Room, long Seq, long Ts, User From, Posting Posting) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.PostingChanged;
}

/// <param name="Seconds">Null: none.</param>
public sealed record SlowModeChanged(RoomId Room, long Seq, long Ts, User From, long? Seconds) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.SlowModeChanged;
}
