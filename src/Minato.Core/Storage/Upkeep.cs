using Minato.Core.Rooms;

namespace Minato.Core.Storage;

/// <summary>What housekeeping did, as far as others must know, and when it goes on.</summary>
/// <param name="Trimmed">Rooms whose logs begin later now. It is on disk.</param>
/// <param name="Next">How long until there is more to do, though nothing be committed meanwhile; the longest there is: nothing before a commit.</param>
public sealed record Upkeep(IReadOnlyList<Trimmed> Trimmed, TimeSpan Next)
{
    /// <summary>Why something could not be done that will be tried again, for the log; null: nothing is wrong.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Nothing was done, and nothing is to be done before the next commit.</summary>
    public static readonly Upkeep None = new([], TimeSpan.MaxValue);
}

/// <summary>What was said below a seq is erased: resuming from below it is answered by a reset.</summary>
/// <param name="FirstSeq">The oldest event that is kept whole.</param>
/// <param name="Posts">The newest post below it.</param>
public readonly record struct Trimmed(RoomId Room, long FirstSeq, long Posts);
