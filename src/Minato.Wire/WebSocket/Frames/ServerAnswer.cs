namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a question is answered with, when it is not an error.</summary>
public abstract record AnswerFrame(string? Rid) : ServerFrame;

/// <param name="Head">The newest seq that the messages take account of.</param>
/// <param name="More">Whether there are more in the direction that was asked for.</param>
/// <param name="MoreAfter">Of a page around a message: whether there are newer ones.</param>
/// <param name="Messages">The oldest first.</param>
public sealed record HistoryAnswer(string? Rid, Guid Room, long Head, bool More, bool MoreAfter, IReadOnlyList<MessageInfo> Messages) : AnswerFrame(Rid);

public sealed record RoomsAnswer(string? Rid, IReadOnlyList<RoomInfo> Rooms) : AnswerFrame(Rid);

/// <param name="Count">All who are here, guests who are nobody yet included.</param>
public sealed record WhoAnswer(string? Rid, Guid Room, IReadOnlyList<UserInfo> Here, long Count, bool More) : AnswerFrame(Rid);

public sealed record MembersAnswer(string? Rid, Guid Room, IReadOnlyList<MemberInfo> Members, bool More) : AnswerFrame(Rid);

public sealed record ReceiptsAnswer(string? Rid, Guid Room, IReadOnlyList<ReceiptInfo> Receipts) : AnswerFrame(Rid);

/// <summary>What is in force, the newest first, at most 500.</summary>
public sealed record BansAnswer(string? Rid, Guid Room, IReadOnlyList<ExclusionInfo> Bans, IReadOnlyList<ExclusionInfo> Mutes) : AnswerFrame(Rid)
{
    /// <summary>The room's patterns, at most 100.</summary>
    public IReadOnlyList<PatternInfo> Patterns { get; init; } = [];
}

public sealed record LinksAnswer(string? Rid, Guid Room, IReadOnlyList<LinkInfo> Links) : AnswerFrame(Rid);

/// <param name="Blocks">Whoever was first first.</param>
public sealed record BlocksAnswer(string? Rid, IReadOnlyList<UserInfo> Blocks) : AnswerFrame(Rid);

/// <param name="Mentions">The newest first.</param>
public sealed record MentionsAnswer(string? Rid, bool More, IReadOnlyList<MentionInfo> Mentions) : AnswerFrame(Rid);

/// <param name="More">Whether there are older ones that did not fit.</param>
/// <param name="Messages">The newest first.</param>
public sealed record PinsAnswer(string? Rid, Guid Room, bool More, IReadOnlyList<MessageInfo> Messages) : AnswerFrame(Rid);

/// <param name="Complete">False while the server builds its index: there may be more than it knows.</param>
/// <param name="Next">Where to go on; null when there is no more. A page may hold nothing and still go on.</param>
/// <param name="Rooms">Each room of the results once.</param>
/// <param name="Results">The newest first.</param>
public sealed record SearchAnswer(string? Rid, bool Complete, long? Next, IReadOnlyList<FoundRoomInfo> Rooms, IReadOnlyList<FoundInfo> Results) : AnswerFrame(Rid);

/// <summary>A message as of the head.</summary>
/// <param name="Post">Its number among the posts of the room.</param>
/// <param name="Ts">Milliseconds since 1970 UTC.</param>
/// <param name="Body">Null when it was erased.</param>
public sealed record MessageInfo(long Seq, long Post, long Ts, UserInfo From, string? Body)
{
    /// <summary>The newest event about it, or its own: older changes are in it already.</summary>
    public long Changed { get; init; } = Seq;

    /// <summary>When its body was last changed, milliseconds since 1970 UTC.</summary>
    public long? Edited { get; init; }

    /// <summary>Milliseconds since 1970 UTC.</summary>
    public long? Deleted { get; init; }

    /// <summary>The seq of the message that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The seq of the message that its thread began with.</summary>
    public long? Thread { get; init; }

    public bool Pinned { get; init; }

    /// <summary>In the order in which they first came.</summary>
    public IReadOnlyList<ReactionInfo> Reactions { get; init; } = [];
}

public sealed record ReactionInfo(string Emoji, long Count, bool Mine);

public sealed record MentionInfo(Guid Room, MessageInfo Message);

public sealed record FoundRoomInfo(Guid Id, string Kind, string? Slug, string Title);

/// <param name="Snippet">What was written around the first hit.</param>
public sealed record FoundInfo(Guid Room, MessageInfo Message, IReadOnlyList<SnippetInfo> Snippet);

public sealed record SnippetInfo(string Text, bool Hit);
