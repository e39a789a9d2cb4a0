namespace Minato.Core.Rooms;

/// <summary>Where a room's log stands.</summary>
/// <param name="Seq">The newest event's number; 0 for a room without any.</param>
/// <param name="PostNo">The newest post's number.</param>
/// <param name="Ts">The newest event's time, milliseconds since 1970 UTC; the next is never below it.</param>
/// <param name="FirstSeq">The oldest event that is kept.</param>
/// <param name="AclVersion">Raised by whatever changes who may do what.</param>
public readonly record struct RoomHead(long Seq, long PostNo, long Ts, long FirstSeq, long AclVersion);
