using Minato.Core.Users;

namespace Minato.Core.Messages;

/// <summary>A post as of the room's head, as a page of history shows it.</summary>
/// <param name="Body">Null when it was erased.</param>
public sealed record Message(long Seq, long PostNo, long Ts, User From, MessageBody? Body);

/// <summary>Messages oldest first, and what they take account of.</summary>
/// <param name="Head">The newest event's seq when the page was read.</param>
/// <param name="More">Whether there are more in the direction that was asked for.</param>
public sealed record MessagePage(long Head, bool More, IReadOnlyList<Message> Messages);

/// <summary>Which page of a room's history: at most one of the two bounds is given, both exclusive.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/> messages.</param>
public readonly record struct PageRequest(long? Before, long? After, int Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;
}
