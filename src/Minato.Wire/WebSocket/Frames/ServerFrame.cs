using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a server says, as a client reads it; docs/protocols/websocket.md is the authority. Times are milliseconds since 1970 UTC.</summary>
public abstract record ServerFrame;

/// <param name="Session">A secret, there only when it is new: the next <c>hello</c> carries it.</param>
public sealed record WelcomeFrame(
    string Server, string? Session, YouInfo You, IReadOnlyList<RoomInfo> Rooms, LimitsInfo Limits, TimeSpan HeartbeatInterval, TimeSpan HeartbeatTimeout,
    IReadOnlyList<string> Capabilities) : ServerFrame
{
    /// <summary>Whom one has blocked.</summary>
    public IReadOnlyList<Guid> Blocks { get; init; } = [];

    /// <summary>How many reports are open; null for who does not administer the server.</summary>
    public long? Reports { get; init; }
}

/// <summary>Events after the client's own last one, up to <paramref name="Head"/>, follow.</summary>
public sealed record ResumedFrame(Guid Room, long Head) : ServerFrame;

/// <summary>Events from <paramref name="From"/> on follow; what lies before is fetched as history.</summary>
public sealed record PartialFrame(Guid Room, long From, long Head) : ServerFrame;

/// <summary>What is held of the room is forgotten, and loaded as history.</summary>
/// <param name="Room">As the client named it in <c>resume</c>.</param>
/// <param name="Reason"><c>unknown</c>, <c>ahead</c> or <c>trimmed</c>; a newer server may know others.</param>
public sealed record ResetFrame(string Room, string Reason) : ServerFrame;

/// <summary>A mutation is on disk.</summary>
/// <param name="Room">Null where it was about oneself, as <paramref name="Seq"/> and <paramref name="Ts"/>.</param>
public sealed record OkFrame(string Cid, Guid? Room, long? Seq, long? Ts, YouInfo? You) : ServerFrame
{
    /// <summary>The link that was made, with <see cref="Secret"/>.</summary>
    public LinkInfo? Link { get; init; }

    /// <summary>Who was blocked, or is no longer.</summary>
    public UserInfo? User { get; init; }

    /// <summary>What opens it: told once.</summary>
    public string? Secret { get; init; }
}

/// <param name="Message">English, for logs.</param>
/// <param name="RetryAfter">There where trying again makes sense.</param>
public sealed record ErrorFrame(string? Cid, string? Rid, string Code, string Message, TimeSpan? RetryAfter) : ServerFrame;

public sealed record PongFrame : ServerFrame;

public sealed record YouFrame(YouInfo You) : ServerFrame;

/// <summary>One is in this room now.</summary>
public sealed record RoomFrame(RoomInfo Room) : ServerFrame;

/// <summary>One is in this room no longer.</summary>
public sealed record GoneFrame(Guid Room) : ServerFrame;

/// <summary>Somebody changed their nick.</summary>
public sealed record UserFrame(UserInfo User) : ServerFrame;

/// <summary>One's own read position moved, in whatever session.</summary>
public sealed record ReadMovedFrame(Guid Room, long Seq, long Unread) : ServerFrame;

/// <summary>One blocked somebody or, with false, takes it back, in whatever session.</summary>
public sealed record BlockedFrame(UserInfo User, bool On) : ServerFrame;

/// <summary>For who administers the server: so many reports are open.</summary>
public sealed record OpenReportsFrame(long Open) : ServerFrame;

/// <param name="RetryAfter">The server is not asked again before this is over.</param>
public sealed record ByeFrame(string Code, TimeSpan RetryAfter) : ServerFrame;

/// <summary>Told beside the log, kept nowhere; may be lost.</summary>
public abstract record EphemeralFrame(Guid Room) : ServerFrame;

/// <param name="Arrived">Null with <paramref name="Left"/>: it is not told who, and what was known of it is out of date.</param>
public sealed record PresenceFrame(Guid Room, IReadOnlyList<UserInfo>? Arrived, IReadOnlyList<UserInfo>? Left, long Count) : EphemeralFrame(Room);

public sealed record WritingFrame(Guid Room, IReadOnlyList<UserInfo> Users) : EphemeralFrame(Room);

public sealed record ReceiptsMovedFrame(Guid Room, IReadOnlyList<ReceiptInfo> Receipts) : EphemeralFrame(Room);

/// <summary>A frame of a newer server: passed over.</summary>
public sealed record UnknownFrame(string Op) : ServerFrame;

public sealed record UserInfo(Guid Id, string Nick);

/// <param name="Id">Null until a guest first does something that lasts.</param>
public sealed record YouInfo(Guid? Id, string Nick, bool Guest)
{
    /// <summary>What one is on the server.</summary>
    public ServerRole Role { get; init; }
}

/// <summary>A room as its list shows it to one user.</summary>
/// <param name="Kind"><c>public</c>, <c>private</c> or <c>direct</c>.</param>
/// <param name="Slug">Null for a direct room, which has <see cref="Users"/> instead.</param>
/// <param name="Head">The newest seq.</param>
/// <param name="FirstSeq">The oldest seq that is kept.</param>
/// <param name="Posts">The newest post's number.</param>
/// <param name="Read">One's read position, a seq.</param>
/// <param name="Unread">Posts after it.</param>
public sealed record RoomInfo(
    Guid Id, string Kind, string? Slug, string Title, string Topic, bool Member, long Head, long FirstSeq, long Posts, long Read, long Unread)
{
    public IReadOnlyList<UserInfo> Users { get; init; } = [];

    /// <summary>How many belong to it; only in the answer to <c>rooms</c>.</summary>
    public long? Members { get; init; }

    /// <summary>What one is in it; <see cref="Standing.Outsider"/> where one only looks on.</summary>
    public Standing Role { get; init; }

    /// <summary>What newcomers see; not of a direct room, and of a public one only where that is not all.</summary>
    public HistoryView? History { get; init; }

    public Posting Posting { get; init; }

    /// <summary>Seconds from one post of somebody to their next; null: no slow mode.</summary>
    public long? Slow { get; init; }

    public Restrictions Restrictions { get; init; }

    /// <summary>How many members the room takes; null: anybody.</summary>
    public long? Capacity { get; init; }

    /// <summary>Whether one joins with a key.</summary>
    public bool HasKey { get; init; }

    /// <summary>Days for which what is said is kept; null: for ever.</summary>
    public long? Retention { get; init; }
}

/// <summary>Sizes in bytes of UTF-8; <paramref name="History"/> and <paramref name="InFlight"/> are counts.</summary>
public sealed record LimitsInfo(long Body, long Frame, long Nick, long Slug, long Title, long Topic, long History, long InFlight)
{
    /// <summary>Bytes of a file; null where none are kept.</summary>
    public long? File { get; init; }
}

/// <summary>How far somebody has read (既読).</summary>
public sealed record ReceiptInfo(UserInfo User, long Seq);

/// <param name="Until">Milliseconds since 1970 UTC.</param>
/// <param name="Uses">How many it lets in.</param>
/// <param name="Used">How many it has let in.</param>
public sealed record LinkInfo(Guid Id, UserInfo By, long Until, long Uses, long Used);

/// <param name="Ts">When <paramref name="By"/> said so, milliseconds since 1970 UTC.</param>
/// <param name="Until">Null: until somebody ends it.</param>
public sealed record ExclusionInfo(UserInfo User, UserInfo By, long Ts, long? Until);

/// <param name="List"><c>ban</c>, <c>mute</c>, <c>ban_exception</c>, <c>mute_exception</c> or <c>invite_exception</c>; a newer server may know others.</param>
/// <param name="Pattern"><c>NICK!USERNAME@HOST</c> or <c>account:NAME</c>, with <c>*</c> and <c>?</c>.</param>
/// <param name="Ts">When <paramref name="By"/> put it there, milliseconds since 1970 UTC.</param>
public sealed record PatternInfo(string List, string Pattern, UserInfo By, long Ts);

public sealed record MemberInfo(UserInfo User, Standing Role);
