using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>What somebody wants changed. Every change to the store is one of these, whatever protocol it came by.</summary>
public abstract record Command
{
    /// <summary>
    /// SHA-256 of the session or token by which it is asked for: where that has ended before the commit, nothing comes of it. Null: of a connection,
    /// which ends with its login, or of the operator.
    /// </summary>
    public byte[]? AskedBy { get; init; }
}

/// <summary>Makes a guest durable. A nick that is taken is refused, unless it is provisional: then another is given.</summary>
/// <param name="SessionHash">SHA-256 of the session token by which the guest comes back; null for a <see cref="UserKind.Visitor"/>.</param>
public sealed record RegisterGuest(UserKind Kind, string Nick, bool NickIsProvisional, byte[]? SessionHash) : Command;

/// <summary>What a known user wants.</summary>
/// <param name="Cid">Null where the protocol has none (lines); then nothing recognises a repeat.</param>
public abstract record UserCommand(User Actor, ClientId? Cid) : Command
{
    /// <summary>What the client calls its person, which a room's patterns are held against; null: nothing.</summary>
    public string? Username { get; init; }
}

public sealed record Rename(User Actor, ClientId? Cid, string Nick) : UserCommand(Actor, Cid);

/// <summary>Says what somebody is on the server: for an owner, or the server itself, to do, and of people with an account only.</summary>
/// <param name="Role">Member, admin or owner.</param>
public sealed record SetServerRole(User Actor, ClientId? Cid, UserId Subject, ServerRole Role) : UserCommand(Actor, Cid);

/// <param name="Kind">Public or private; direct rooms are opened by <see cref="OpenDirect"/>.</param>
/// <param name="History">What newcomers see; null: all of a public room, and of a private one what is said from their joining on.</param>
public sealed record CreateRoom(
    User Actor, ClientId? Cid, string Slug, string Title, RoomKind Kind = RoomKind.Public, HistoryView? History = null) : UserCommand(Actor, Cid)
{
    /// <summary>Who owns it where the operator makes it; null: nobody yet, which only a public room can be. Others own what they make.</summary>
    public UserId? Owner { get; init; }
}

/// <summary>Opens the one direct room of these people, or finds it.</summary>
/// <param name="Others">The actor may be among them; nobody else: a room of one's own.</param>
public sealed record OpenDirect(User Actor, ClientId? Cid, params IReadOnlyList<UserId> Others) : UserCommand(Actor, Cid)
{
    /// <summary>People in one direct room, the actor included. Slack has 9 in a message to a group.</summary>
    public const int MaxPeople = 10;

    /// <summary>All of them, each once, by their numbers.</summary>
    public IEnumerable<UserId> People => Others.Append(Actor.Id).Distinct().OrderBy(id => id.Value);
}

/// <summary>Joins the room of a link. Every reason for which it lets nobody in is one refusal.</summary>
public sealed record JoinByLink(User Actor, ClientId? Cid, LinkSecret Secret) : UserCommand(Actor, Cid);

/// <summary>A visitor's session is over: memberships end, the nick is free again, the id stays used.</summary>
public sealed record EndVisitor(User Actor) : UserCommand(Actor, null);

/// <summary>What a user wants in a room.</summary>
public abstract record RoomCommand(User Actor, ClientId? Cid, RoomId Room) : UserCommand(Actor, Cid);

/// <param name="ReplyTo">The seq of the message that this one answers.</param>
public sealed record Post(User Actor, ClientId? Cid, RoomId Room, MessageBody Body, long? ReplyTo = null) : RoomCommand(Actor, Cid, Room);

public sealed record Join(User Actor, ClientId? Cid, RoomId Room) : RoomCommand(Actor, Cid, Room)
{
    /// <summary>Null: none is known, or none that could be one.</summary>
    public RoomKey? Key { get; init; }
}

public sealed record Leave(User Actor, ClientId? Cid, RoomId Room) : RoomCommand(Actor, Cid, Room);

public sealed record SetTopic(User Actor, ClientId? Cid, RoomId Room, string Topic) : RoomCommand(Actor, Cid, Room);

public sealed record SetTitle(User Actor, ClientId? Cid, RoomId Room, string Title) : RoomCommand(Actor, Cid, Room);

/// <param name="Slug">In normal form. What the room was called before leads to it for good.</param>
public sealed record SetSlug(User Actor, ClientId? Cid, RoomId Room, string Slug) : RoomCommand(Actor, Cid, Room);

public sealed record Archive(User Actor, ClientId? Cid, RoomId Room, bool On) : RoomCommand(Actor, Cid, Room);

/// <summary>Decides what those see who join from now on; who is in the room sees what they saw.</summary>
public sealed record SetHistory(User Actor, ClientId? Cid, RoomId Room, HistoryView History) : RoomCommand(Actor, Cid, Room);

/// <param name="Days">How long the room keeps what is said, see <see cref="Retention"/>; null: for ever.</param>
public sealed record SetRetention(User Actor, ClientId? Cid, RoomId Room, long? Days) : RoomCommand(Actor, Cid, Room);

public sealed record SetPosting(User Actor, ClientId? Cid, RoomId Room, Posting Posting) : RoomCommand(Actor, Cid, Room);

/// <param name="Seconds">See <see cref="SlowMode"/>; null: none.</param>
public sealed record SetSlowMode(User Actor, ClientId? Cid, RoomId Room, long? Seconds) : RoomCommand(Actor, Cid, Room);

/// <summary>Restricts some things and frees others; what is named in neither stays, and what is in both is free.</summary>
public sealed record Restrict(User Actor, ClientId? Cid, RoomId Room, Restrictions On, Restrictions Off) : RoomCommand(Actor, Cid, Room);

/// <param name="Members">See <see cref="MemberLimit"/>; null: none.</param>
public sealed record SetMemberLimit(User Actor, ClientId? Cid, RoomId Room, long? Members) : RoomCommand(Actor, Cid, Room);

/// <param name="Key">Null: none.</param>
public sealed record SetKey(User Actor, ClientId? Cid, RoomId Room, RoomKey? Key) : RoomCommand(Actor, Cid, Room);

/// <summary>Puts a pattern into one of a public room's lists, or takes it out.</summary>
public sealed record SetPattern(User Actor, ClientId? Cid, RoomId Room, PatternList List, UserPattern Pattern, bool On) : RoomCommand(Actor, Cid, Room);

/// <summary>Makes a link by which others join. Sent again, it gets another secret, and the first opens nothing any more.</summary>
/// <param name="Until">Milliseconds since 1970 UTC; null: <see cref="RoomLink.DefaultLife"/> from now.</param>
/// <param name="Uses">How many it lets in; null: <see cref="RoomLink.DefaultUses"/>.</param>
public sealed record MakeLink(User Actor, ClientId? Cid, RoomId Room, LinkSecret Secret, long? Until = null, long? Uses = null) : RoomCommand(Actor, Cid, Room);

/// <param name="Link">Its <see cref="RoomLink.Uid"/>.</param>
public sealed record RevokeLink(User Actor, ClientId? Cid, RoomId Room, Guid Link) : RoomCommand(Actor, Cid, Room);

/// <summary>Moves the actor's read position forward. Coalesced, and answered by nothing.</summary>
public sealed record MarkRead(User Actor, RoomId Room, long Seq) : RoomCommand(Actor, null, Room);
