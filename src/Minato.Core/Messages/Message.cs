using Minato.Core.Users;

namespace Minato.Core.Messages;

/// <summary>A post as of the room's head, as a page of history shows it.</summary>
/// <param name="Body">Null when it was erased.</param>
public sealed record Message(long Seq, long PostNo, long Ts, User From, MessageBody? Body)
{
    /// <summary>The newest event about it, or its own: clients ignore older changes.</summary>
    public long ChangedSeq { get; init; } = Seq;

    /// <summary>When its body was last changed; null: never.</summary>
    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    /// <summary>The seq of the message that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The seq of the message that its thread began with; null for one that answers nothing.</summary>
    public long? ThreadRoot { get; init; }

    public bool IsPinned { get; init; }

    /// <summary>In the order in which they first came.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];
}

/// <param name="IsMine">Whether the one who reads is among those who reacted so.</param>
public sealed record Reaction(string Emoji, int Count, bool IsMine);

/// <summary>Messages oldest first, and what they take account of.</summary>
/// <param name="Head">The newest event's seq when the page was read.</param>
/// <param name="More">Whether there are more in the direction that was asked for.</param>
public sealed record MessagePage(long Head, bool More, IReadOnlyList<Message> Messages)
{
    /// <summary>Of a page around a message, where <see cref="More"/> says whether there are older ones: whether there are newer ones.</summary>
    public bool MoreAfter { get; init; }
}

/// <summary>Which page of a room's history: at most one bound is given. Before and after are exclusive.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/> messages.</param>
public readonly record struct PageRequest(long? Before, long? After, int Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    /// <summary>The seq of a message that is wanted with what was said before and after it.</summary>
    public long? Around { get; init; }
}
