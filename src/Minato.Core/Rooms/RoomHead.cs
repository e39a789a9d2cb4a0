namespace Minato.Core.Rooms;

/// <summary>Where a room's log stands.</summary>
/// <param name="Seq">The newest event's number; 0 for a room without any.</param>
/// <param name="PostNo">The newest post's number.</param>
/// <param name="Ts">The newest event's time, milliseconds since 1970 UTC; the next is never below it.</param>
/// <param name="FirstSeq">The oldest event that is kept whole; the next one's number where none is.</param>
/// <param name="AclVersion">Raised by whatever changes who may do what.</param>
public readonly record struct RoomHead(long Seq, long PostNo, long Ts, long FirstSeq, long AclVersion)
{
    /// <summary>The newest post below <see cref="FirstSeq"/>.</summary>
    public long TrimmedPosts { get; init; }

    /// <summary>Posts after a read position. What nobody can read any more is not unread.</summary>
    /// <param name="readPostNo">The newest post at or below the read position.</param>
    public long UnreadAfter(long readPostNo) => PostNo - Math.Max(readPostNo, TrimmedPosts);
}
