using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>What a client is told, in one ordered stream.</summary>
public abstract record Update;

/// <summary>A connection stands: the first, or one after a loss. Resumed events follow by themselves.</summary>
/// <param name="Rooms">One's own, and the lobby. Of a room that was not followed before, events after its <c>Head</c> follow.</param>
public sealed record Welcomed(YouInfo You, IReadOnlyList<RoomInfo> Rooms) : Update
{
    /// <summary>The ids of those whom one has blocked: what they say is told all the same, and is for the one who shows it to hide.</summary>
    public IReadOnlyList<Guid> Blocks { get; init; } = [];
}

/// <summary>The next event of a room: for each room in the order of its log, each once.</summary>
public sealed record Happened(EventFrame Event) : Update;

/// <summary>
/// Too much was missed to be told event by event. In its place: the posts with <c>After &lt; seq &lt;= UpTo</c> as they are now, the oldest first;
/// a long gap comes in several. Joins, topics, and changes to older messages of that time are not told: whoever shows those loads them anew.
/// </summary>
public sealed record Repaired(Guid Room, long After, long UpTo, IReadOnlyList<MessageInfo> Messages) : Update;

/// <summary>Forget what is held of this room, and load it by <see cref="MinatoClient.HistoryAsync"/>.</summary>
/// <param name="Reason"><c>unknown</c>: it is not there, or not for you any more; <c>ahead</c>: the server was set back; <c>trimmed</c>: what lies between is not kept.</param>
/// <param name="Head">Events after this seq follow; null: none do.</param>
public sealed record RoomReset(Guid Room, string Reason, long? Head) : Update;

/// <summary>One is in this room now, or looks on; events after its <c>Head</c> follow where it was not followed before.</summary>
public sealed record RoomEntered(RoomInfo Room) : Update;

/// <summary>One is in this room no longer: left, kicked or banned.</summary>
public sealed record RoomLeft(Guid Room) : Update;

/// <summary>Somebody changed their nick.</summary>
public sealed record Renamed(UserInfo User) : Update;

/// <summary>One's own identity: a guest became somebody, or has a new nick.</summary>
public sealed record YouChanged(YouInfo You) : Update;

/// <summary>One's own read position moved.</summary>
/// <param name="Unread">Posts after it.</param>
public sealed record ReadMoved(Guid Room, long Seq, long Unread) : Update;

/// <summary>One blocked somebody or, with false, took it back, by whatever client.</summary>
public sealed record Blocked(UserInfo User, bool On) : Update;

/// <summary>For who administers the server: so many reports are open.</summary>
public sealed record ReportsOpen(long Count) : Update;

/// <summary>Who is here, types or has read, where <see cref="ClientOptions.Wants"/> asked for it. May be lost, and is the first to be.</summary>
public sealed record Beside(EphemeralFrame Frame) : Update;

/// <summary>What an earlier run of this program had left in its outbox is on the server's disk.</summary>
/// <param name="Saved">Null for a change of nick.</param>
public sealed record LeftoverSaved(string Cid, Saved? Saved) : Update;

/// <summary>What an earlier run of this program had left in its outbox was refused, finally.</summary>
public sealed record LeftoverRefused(string Cid, string Code, string Message) : Update;

/// <summary>The connection's state; where many updates wait, only <see cref="MinatoClient.Status"/> has it.</summary>
public sealed record StatusChanged(ClientStatus Status) : Update;
