using Minato.Core.Messages;
using Minato.Core.Rooms;

namespace Minato.Core.Search;

/// <summary>
/// A place in a room's log, recognisable: another log (a restored backup that went on differently) has another event there, of
/// another time.
/// </summary>
/// <param name="Ts">Of the event with this seq, milliseconds since 1970 UTC; 0 where there is none.</param>
public readonly record struct LogMark(long Seq, long Ts);

/// <summary>What a room's messages are now that some events made or changed.</summary>
/// <param name="UpTo">The newest of these events.</param>
/// <param name="Messages">Each once.</param>
public sealed record RoomChanges(RoomId Room, LogMark UpTo, IReadOnlyList<ChangedMessage> Messages)
{
    /// <summary>The room keeps no message below this seq.</summary>
    public long FirstSeq { get; init; } = 1;
}

/// <summary>A message as of now.</summary>
/// <param name="Ts">Of its posting, milliseconds since 1970 UTC.</param>
/// <param name="Body">Null: it was deleted or erased.</param>
public readonly record struct ChangedMessage(long Seq, long Ts, MessageBody? Body);

/// <summary>A stretch of a room's log, for those who follow it behind the writer.</summary>
/// <param name="After">The event that it was asked to follow; a seq beyond the log's end has no time.</param>
/// <param name="Head">The newest event's seq. More follows where <see cref="RoomChanges.UpTo"/> is below it.</param>
public sealed record LogStretch(LogMark After, long Head, RoomChanges Changes);
