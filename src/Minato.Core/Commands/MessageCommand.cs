using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>What a user wants done with a message that is there.</summary>
/// <param name="Target">The seq of the message.</param>
public abstract record MessageCommand(User Actor, ClientId? Cid, RoomId Room, long Target) : RoomCommand(Actor, Cid, Room);

public sealed record Edit(User Actor, ClientId? Cid, RoomId Room, long Target, MessageBody Body) : MessageCommand(Actor, Cid, Room, Target);

/// <summary>Erases every body the message ever had; its place among the posts stays.</summary>
public sealed record Delete(User Actor, ClientId? Cid, RoomId Room, long Target) : MessageCommand(Actor, Cid, Room, Target);

/// <param name="Emoji">Checked by <see cref="Messages.Emoji"/>.</param>
/// <param name="On">False takes one's own reaction back.</param>
public sealed record React(User Actor, ClientId? Cid, RoomId Room, long Target, string Emoji, bool On) : MessageCommand(Actor, Cid, Room, Target);

/// <summary>Gives those who run the server a copy of a message, see <see cref="Reports.Report"/>. No event: the room is not told.</summary>
/// <param name="Reason">Checked by <see cref="Reports.ReportReason"/>.</param>
public sealed record ReportMessage(User Actor, ClientId? Cid, RoomId Room, long Target, string Reason) : MessageCommand(Actor, Cid, Room, Target);

public sealed record Pin(User Actor, ClientId? Cid, RoomId Room, long Target, bool On) : MessageCommand(Actor, Cid, Room, Target);
