using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>What a user wants done about another in a room.</summary>
public abstract record MemberCommand(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : RoomCommand(Actor, Cid, Room);

/// <summary>Lets somebody into a private room; they join by themselves. In a public room it is a word in the log.</summary>
public sealed record Invite(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);

/// <summary>Ends a membership; a public room can be joined again.</summary>
public sealed record Kick(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);

/// <summary>Ends a membership and shuts out. Banned again, the newer end counts.</summary>
/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record Ban(User Actor, ClientId? Cid, RoomId Room, UserId Subject, long? Until = null) : MemberCommand(Actor, Cid, Room, Subject);

public sealed record Unban(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);

/// <param name="Until">Milliseconds since 1970 UTC; null: until somebody ends it.</param>
public sealed record Mute(User Actor, ClientId? Cid, RoomId Room, UserId Subject, long? Until = null) : MemberCommand(Actor, Cid, Room, Subject);

public sealed record Unmute(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);

/// <summary>Erases every body of every message that the subject has in the room by now; their places among the posts stay.</summary>
public sealed record EraseMessages(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);

/// <param name="Role">Member, speaker, helper, moderator or owner. About oneself it can only be less than one is.</param>
public sealed record SetRole(User Actor, ClientId? Cid, RoomId Room, UserId Subject, Standing Role) : MemberCommand(Actor, Cid, Room, Subject);

/// <summary>
/// Hands the actor's room over to another member, who owns it from then on; the actor stays as a moderator. By the operator, whoever owned it does.
/// </summary>
public sealed record Transfer(User Actor, ClientId? Cid, RoomId Room, UserId Subject) : MemberCommand(Actor, Cid, Room, Subject);
