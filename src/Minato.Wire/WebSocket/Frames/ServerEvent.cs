using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>One event of a room's log: <c>ev</c>. The sequence of a room has no gaps.</summary>
public abstract record EventFrame(EventPlace Place) : ServerFrame
{
    public Guid Room => Place.Room;

    public long Seq => Place.Seq;

    /// <summary>Milliseconds since 1970 UTC, never backwards within a room.</summary>
    public long Ts => Place.Ts;

    /// <summary>Who did it.</summary>
    public UserInfo From => Place.From;
}

/// <summary>What every event says: where in which log it stands, when it was done and by whom.</summary>
public sealed record EventPlace(Guid Room, long Seq, long Ts, UserInfo From);

public sealed record CreateEvent(EventPlace Place, string Kind, string? Slug, string Title) : EventFrame(Place);

/// <param name="Post">Its number among the posts of the room.</param>
/// <param name="Body">Null when it was erased.</param>
/// <param name="ReplyTo">The seq of the message that it answers.</param>
/// <param name="Thread">The seq of the message that its thread began with.</param>
public sealed record PostEvent(EventPlace Place, long Post, string? Body, long? ReplyTo, long? Thread) : EventFrame(Place);

/// <summary>A change to the message whose seq is <paramref name="Target"/>.</summary>
public abstract record MessageEventFrame(EventPlace Place, long Target) : EventFrame(Place);

/// <param name="Body">Null when it was erased.</param>
public sealed record EditEvent(EventPlace Place, long Target, string? Body) : MessageEventFrame(Place, Target);

public sealed record DeleteEvent(EventPlace Place, long Target) : MessageEventFrame(Place, Target);

public sealed record ReactEvent(EventPlace Place, long Target, string Emoji, bool On) : MessageEventFrame(Place, Target);

public sealed record PinEvent(EventPlace Place, long Target, bool On) : MessageEventFrame(Place, Target);

public sealed record JoinEvent(EventPlace Place) : EventFrame(Place);

/// <param name="Heir">Who owns the room from then on; null: as before.</param>
public sealed record LeaveEvent(EventPlace Place, UserInfo? Heir = null) : EventFrame(Place);

public sealed record TopicEvent(EventPlace Place, string Topic) : EventFrame(Place);

public sealed record TitleEvent(EventPlace Place, string Title) : EventFrame(Place);

/// <param name="Was">By which the room is still found.</param>
public sealed record SlugEvent(EventPlace Place, string Slug, string Was) : EventFrame(Place);

public sealed record ArchiveEvent(EventPlace Place, bool On) : EventFrame(Place);

/// <param name="History">What those see who join from then on.</param>
public sealed record NewcomersEvent(EventPlace Place, HistoryView History) : EventFrame(Place);

/// <param name="Days">Null: for ever.</param>
public sealed record RetentionEvent(EventPlace Place, long? Days) : EventFrame(Place);

public sealed record PostingEvent(EventPlace Place, Posting Posting) : EventFrame(Place);

/// <param name="Seconds">Null: none.</param>
public sealed record SlowEvent(EventPlace Place, long? Seconds) : EventFrame(Place);

/// <param name="On">What is restricted from now on, and was not.</param>
/// <param name="Off">What is restricted no more.</param>
public sealed record RestrictEvent(EventPlace Place, Restrictions On, Restrictions Off) : EventFrame(Place);

/// <param name="Members">Null: anybody.</param>
public sealed record CapacityEvent(EventPlace Place, long? Members) : EventFrame(Place);

/// <param name="On">False: there is none any more.</param>
public sealed record KeyEvent(EventPlace Place, bool On) : EventFrame(Place);

/// <param name="List"><c>ban</c>, <c>mute</c>, <c>ban_exception</c>, <c>mute_exception</c> or <c>invite_exception</c>.</param>
/// <param name="Pattern"><c>NICK!USERNAME@HOST</c> or <c>account:NAME</c>, with <c>*</c> and <c>?</c>.</param>
public sealed record PatternEvent(EventPlace Place, string List, string Pattern, bool On) : EventFrame(Place);

/// <summary>Something was done about <paramref name="Subject"/>.</summary>
public abstract record MemberEventFrame(EventPlace Place, UserInfo Subject) : EventFrame(Place);

public sealed record InviteEvent(EventPlace Place, UserInfo Subject) : MemberEventFrame(Place, Subject);

public sealed record KickEvent(EventPlace Place, UserInfo Subject) : MemberEventFrame(Place, Subject);

/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record BanEvent(EventPlace Place, UserInfo Subject, long? Until) : MemberEventFrame(Place, Subject);

public sealed record UnbanEvent(EventPlace Place, UserInfo Subject) : MemberEventFrame(Place, Subject);

/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record MuteEvent(EventPlace Place, UserInfo Subject, long? Until) : MemberEventFrame(Place, Subject);

public sealed record UnmuteEvent(EventPlace Place, UserInfo Subject) : MemberEventFrame(Place, Subject);

public sealed record RoleEvent(EventPlace Place, UserInfo Subject, Standing Role) : MemberEventFrame(Place, Subject);

/// <summary>The subject owns the room, and who handed it over is a moderator.</summary>
public sealed record TransferEvent(EventPlace Place, UserInfo Subject) : MemberEventFrame(Place, Subject);

/// <summary>What is held of the bodies, reactions and pins of the subject's messages up to <paramref name="UpTo"/> is to be dropped.</summary>
public sealed record EraseEvent(EventPlace Place, UserInfo Subject, long UpTo) : MemberEventFrame(Place, Subject);

/// <summary>An event of a newer server: it only advances the sequence.</summary>
public sealed record UnknownEvent(EventPlace Place, string Type) : EventFrame(Place);
