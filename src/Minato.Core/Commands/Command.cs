using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>What somebody wants changed. Every change to the store is one of these, whatever protocol it came by.</summary>
public abstract record Command;

/// <summary>Makes a guest durable. A nick that is taken is refused, unless it is provisional: then another is given.</summary>
/// <param name="SessionHash">SHA-256 of the session token by which the guest comes back; null for a <see cref="UserKind.Visitor"/>.</param>
public sealed record RegisterGuest(UserKind Kind, string Nick, bool NickIsProvisional, byte[]? SessionHash) : Command;

/// <summary>What a known user wants.</summary>
/// <param name="Cid">Null where the protocol has none (lines); then nothing recognises a repeat.</param>
public abstract record UserCommand(User Actor, ClientId? Cid) : Command;

public sealed record Rename(User Actor, ClientId? Cid, string Nick) : UserCommand(Actor, Cid);

/// <summary>Says what somebody is on the server: for an owner, or the server itself, to do, and of people with an account only.</summary>
/// <param name="Role">Member, admin or owner.</param>
public sealed record SetServerRole(User Actor, ClientId? Cid, UserId Subject, ServerRole Role) : UserCommand(Actor, Cid);

/// <param name="Kind">Public or private; direct rooms are opened by <see cref="OpenDirect"/>.</param>
/// <param name="History">What newcomers of a private room see; null: what is said from their joining on.</param>
public sealed record CreateRoom(
    User Actor, ClientId? Cid, string Slug, string Title, RoomKind Kind = RoomKind.Public, HistoryView? History = null) : UserCommand(Actor, Cid);

/// <summary>Opens the one direct room between two users, or finds it.</summary>
public sealed record OpenDirect(User Actor, ClientId? Cid, UserId Other) : UserCommand(Actor, Cid);

/// <summary>A visitor's session is over: memberships end, the nick is free again, the id stays used.</summary>
public sealed record EndVisitor(User Actor) : UserCommand(Actor, null);

/// <summary>What a user wants in a room.</summary>
public abstract record RoomCommand(User Actor, ClientId? Cid, RoomId Room) : UserCommand(Actor, Cid);

/// <param name="ReplyTo">The seq of the message that this one answers.</param>
public sealed record Post(User Actor, ClientId? Cid, RoomId Room, MessageBody Body, long? ReplyTo = null) : RoomCommand(Actor, Cid, Room);

public sealed record Join(User Actor, ClientId? Cid, RoomId Room) : RoomCommand(Actor, Cid, Room);

public sealed record Leave(User Actor, ClientId? Cid, RoomId Room) : RoomCommand(Actor, Cid, Room);

public sealed record SetTopic(User Actor, ClientId? Cid, RoomId Room, string Topic) : RoomCommand(Actor, Cid, Room);

public sealed record SetTitle(User Actor, ClientId? Cid, RoomId Room, string Title) : RoomCommand(Actor, Cid, Room);

public sealed record Archive(User Actor, ClientId? Cid, RoomId Room, bool On) : RoomCommand(Actor, Cid, Room);

/// <summary>Decides what those see who join a private room from now on; who is in it sees what they saw.</summary>
public sealed record SetHistory(User Actor, ClientId? Cid, RoomId Room, HistoryView History) : RoomCommand(Actor, Cid, Room);

/// <param name="Days">How long the room keeps what is said, see <see cref="Retention"/>; null: for ever.</param>
public sealed record SetRetention(User Actor, ClientId? Cid, RoomId Room, long? Days) : RoomCommand(Actor, Cid, Room);

/// <summary>Moves the actor's read position forward. Coalesced, and answered by nothing.</summary>
public sealed record MarkRead(User Actor, RoomId Room, long Seq) : RoomCommand(Actor, null, Room);
