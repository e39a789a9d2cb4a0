using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a client may say; docs/protocols/websocket.md is the authority.</summary>
public abstract record ClientFrame;

/// <param name="Resume">For each room that the client holds, the newest seq that it has applied.</param>
public sealed record HelloFrame(string? Session, string? Token, IReadOnlyList<(RoomRef Room, long Seq)> Resume) : ClientFrame
{
    /// <summary>What it is to be told beside the log.</summary>
    public Wants Wants { get; init; }

    /// <summary>A one-time ticket, made from the launch token by whoever started the server.</summary>
    public string? Ticket { get; init; }

    /// <summary>The program's name and version, which a server does not look at.</summary>
    public string? Client { get; init; }

    /// <summary>The newest event of a room that the client has applied; null: it does not hold the room.</summary>
    public long? SeqOf(Room room) => Resume.Where(held => held.Room.Names(room)).Select(held => (long?)held.Seq).FirstOrDefault();
}

public sealed record PingFrame : ClientFrame;

/// <summary>A change, answered exactly once by <c>ok</c> or <c>error</c> with its cid.</summary>
public abstract record MutationFrame(ClientId Cid) : ClientFrame
{
    /// <summary>The room that it is done in; null: in none.</summary>
    public RoomRef? Where => this switch
    {
        SendFrame f => f.Room,
        EditFrame f => f.Room,
        DeleteFrame f => f.Room,
        ReactFrame f => f.Room,
        PinFrame f => f.Room,
        JoinFrame f => f.Room,
        LeaveFrame f => f.Room,
        TopicFrame f => f.Room,
        TitleFrame f => f.Room,
        SlugFrame f => f.Room,
        ArchiveFrame f => f.Room,
        NewcomersFrame f => f.Room,
        RetentionFrame f => f.Room,
        PostingFrame f => f.Room,
        SlowFrame f => f.Room,
        RestrictFrame f => f.Room,
        CapacityFrame f => f.Room,
        KeyFrame f => f.Room,
        PatternFrame f => f.Room,
        LinkFrame f => f.Room,
        UnlinkFrame f => f.Room,
        MemberFrame f => f.Room,
        ReportFrame f => f.Room,
        _ => null,
    };
}

/// <param name="Body">Not yet checked; a copy of its own.</param>
/// <param name="ReplyTo">The seq of the message that it answers.</param>
public sealed record SendFrame(ClientId Cid, RoomRef Room, ReadOnlyMemory<byte> Body, long? ReplyTo = null) : MutationFrame(Cid);

/// <param name="Body">Not yet checked; a copy of its own.</param>
public sealed record EditFrame(ClientId Cid, RoomRef Room, long Seq, ReadOnlyMemory<byte> Body) : MutationFrame(Cid);

public sealed record DeleteFrame(ClientId Cid, RoomRef Room, long Seq) : MutationFrame(Cid);

public sealed record ReactFrame(ClientId Cid, RoomRef Room, long Seq, string Emoji, bool On) : MutationFrame(Cid);

public sealed record PinFrame(ClientId Cid, RoomRef Room, long Seq, bool On) : MutationFrame(Cid);

public sealed record NickFrame(ClientId Cid, string Nick) : MutationFrame(Cid);

/// <param name="History">What newcomers see; null: the default of its kind.</param>
public sealed record CreateFrame(ClientId Cid, string Kind, string Slug, string Title, HistoryView? History = null) : MutationFrame(Cid);

/// <param name="Users">Ids or nicks.</param>
public sealed record DirectFrame(ClientId Cid, params IReadOnlyList<string> Users) : MutationFrame(Cid);

/// <param name="Key">Not yet checked; null: none.</param>
public sealed record JoinFrame(ClientId Cid, RoomRef Room, string? Key = null) : MutationFrame(Cid);

/// <param name="Link">The secret; not yet checked.</param>
public sealed record JoinByLinkFrame(ClientId Cid, string Link) : MutationFrame(Cid);

public sealed record LeaveFrame(ClientId Cid, RoomRef Room) : MutationFrame(Cid);

/// <param name="Reason">Not yet checked.</param>
public sealed record ReportFrame(ClientId Cid, RoomRef Room, long Seq, string Reason = "") : MutationFrame(Cid);

/// <summary>Somebody is not to be heard by the one who says so.</summary>
/// <param name="User">A user's id or nick.</param>
/// <param name="On">False takes it back.</param>
public sealed record BlockFrame(ClientId Cid, string User, bool On = true) : MutationFrame(Cid);

/// <summary>What is done about another user in a room.</summary>
/// <param name="User">A user's id or nick.</param>
public abstract record MemberFrame(ClientId Cid, RoomRef Room, string User) : MutationFrame(Cid);

public sealed record InviteFrame(ClientId Cid, RoomRef Room, string User) : MemberFrame(Cid, Room, User);

public sealed record KickFrame(ClientId Cid, RoomRef Room, string User) : MemberFrame(Cid, Room, User);

/// <param name="On">False ends the ban.</param>
/// <param name="Until">Milliseconds since 1970 UTC.</param>
public sealed record BanFrame(ClientId Cid, RoomRef Room, string User, bool On, long? Until) : MemberFrame(Cid, Room, User);

/// <param name="On">False lets the user speak again.</param>
/// <param name="Until">Milliseconds since 1970 UTC.</param>
public sealed record MuteFrame(ClientId Cid, RoomRef Room, string User, bool On, long? Until) : MemberFrame(Cid, Room, User);

/// <summary>All of a user's messages at once; one's own, too.</summary>
public sealed record EraseFrame(ClientId Cid, RoomRef Room, string User) : MemberFrame(Cid, Room, User);

public sealed record RoleFrame(ClientId Cid, RoomRef Room, string User, Standing Role) : MemberFrame(Cid, Room, User);

/// <summary>Hands the room over.</summary>
public sealed record TransferFrame(ClientId Cid, RoomRef Room, string User) : MemberFrame(Cid, Room, User);

public sealed record TitleFrame(ClientId Cid, RoomRef Room, string Title) : MutationFrame(Cid);

/// <param name="Slug">Not yet checked.</param>
public sealed record SlugFrame(ClientId Cid, RoomRef Room, string Slug) : MutationFrame(Cid);

public sealed record ArchiveFrame(ClientId Cid, RoomRef Room, bool On) : MutationFrame(Cid);

/// <param name="History">What those see who join from now on.</param>
public sealed record NewcomersFrame(ClientId Cid, RoomRef Room, HistoryView History) : MutationFrame(Cid);

/// <param name="Days">Null: for ever.</param>
public sealed record RetentionFrame(ClientId Cid, RoomRef Room, long? Days) : MutationFrame(Cid);

public sealed record PostingFrame(ClientId Cid, RoomRef Room, Posting Posting) : MutationFrame(Cid);

/// <param name="Seconds">Between two posts of somebody; null: none.</param>
public sealed record SlowFrame(ClientId Cid, RoomRef Room, long? Seconds) : MutationFrame(Cid);

/// <summary>Restricts some things and frees others; what is in both is free.</summary>
public sealed record RestrictFrame(ClientId Cid, RoomRef Room, Restrictions On, Restrictions Off) : MutationFrame(Cid);

/// <param name="Members">How many the room takes; null: anybody.</param>
public sealed record CapacityFrame(ClientId Cid, RoomRef Room, long? Members) : MutationFrame(Cid);

/// <param name="Key">Not yet checked; null: none.</param>
public sealed record KeyFrame(ClientId Cid, RoomRef Room, string? Key) : MutationFrame(Cid);

/// <param name="Pattern">Not yet checked.</param>
public sealed record PatternFrame(ClientId Cid, RoomRef Room, PatternList List, string Pattern, bool On) : MutationFrame(Cid);

/// <param name="Until">Milliseconds since 1970 UTC; null: the default.</param>
/// <param name="Uses">How many it lets in; null: the default.</param>
public sealed record LinkFrame(ClientId Cid, RoomRef Room, long? Until, long? Uses) : MutationFrame(Cid);

/// <param name="Link">Its id, not its secret.</param>
public sealed record UnlinkFrame(ClientId Cid, RoomRef Room, Guid Link) : MutationFrame(Cid);

public sealed record TopicFrame(ClientId Cid, RoomRef Room, string Topic) : MutationFrame(Cid);

/// <summary>A question, answered with the same <c>rid</c> if it had one.</summary>
public abstract record QuestionFrame(string? Rid) : ClientFrame;

/// <param name="Thread">The seq of the message that a thread began with; null: the whole room.</param>
public sealed record HistoryFrame(string? Rid, RoomRef Room, PageRequest Page, long? Thread = null) : QuestionFrame(Rid);

public sealed record RoomsFrame(string? Rid) : QuestionFrame(Rid);

/// <param name="After">The id of the last member of the page before.</param>
/// <param name="Limit">Members in one page.</param>
public sealed record MembersFrame(string? Rid, RoomRef Room, Guid? After, int Limit) : QuestionFrame(Rid);

/// <param name="After">The id of the last user of the page before.</param>
public sealed record WhoFrame(string? Rid, RoomRef Room, Guid? After = null) : QuestionFrame(Rid);

/// <summary>Asks how far others have read.</summary>
public sealed record ReceiptsFrame(string? Rid, RoomRef Room) : QuestionFrame(Rid);

/// <summary>Asks who is banned and muted in a room.</summary>
public sealed record BansFrame(string? Rid, RoomRef Room) : QuestionFrame(Rid);

/// <summary>Asks which links lead into a room.</summary>
public sealed record LinksFrame(string? Rid, RoomRef Room) : QuestionFrame(Rid);

/// <summary>Asks whom one has blocked.</summary>
public sealed record BlocksFrame(string? Rid) : QuestionFrame(Rid);

/// <summary>Asks which messages name the one who asks.</summary>
public sealed record MentionsFrame(string? Rid, int Limit) : QuestionFrame(Rid);

/// <summary>Asks which messages are pinned in a room.</summary>
public sealed record PinsFrame(string? Rid, RoomRef Room) : QuestionFrame(Rid);

/// <param name="Query">Not yet parsed.</param>
/// <param name="Room">Null: every room that one may see.</param>
/// <param name="Before">The <c>next</c> of the page before.</param>
public sealed record SearchFrame(string? Rid, string Query, RoomRef? Room, long? Before, int Limit) : QuestionFrame(Rid);

public sealed record ReadFrame(RoomRef Room, long Seq) : ClientFrame;

/// <summary>Something is being written; answered by nothing.</summary>
public sealed record TypingFrame(RoomRef Room) : ClientFrame;

/// <summary>A room as a client names it: its id, or <c>#slug</c>.</summary>
public readonly record struct RoomRef(Guid? Uid, string? Slug)
{
    /// <summary>Whether it is this room that is meant.</summary>
    public bool Names(Room room) => Uid is { } uid
        ? uid == room.Uid
        : Slug is { } slug && room.Slug is { } known && Core.Rooms.Slug.Key(slug) == Core.Rooms.Slug.Key(known);

    /// <summary>As it stands in a frame.</summary>
    public override string ToString() => Uid?.ToString() ?? "#" + Slug;

    /// <summary>Null when it is neither a room's id nor <c>#slug</c>.</summary>
    public static RoomRef? Parse(string text) =>
        text.StartsWith('#') ? new RoomRef(null, text[1..])
        : Guid.TryParseExact(text, "D", out var uid) ? new RoomRef(uid, null)
        : null;
}

/// <summary>Why a frame was not understood.</summary>
/// <param name="Code"><c>bad_frame</c>, <c>unknown_op</c> or <c>bad_cid</c>.</param>
/// <param name="Message">English, for logs.</param>
public sealed record FrameProblem(string Code, string Message, string? Cid, string? Rid);
