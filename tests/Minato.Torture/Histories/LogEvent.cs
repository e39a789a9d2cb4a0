using Minato.Core.Events;
using Minato.Core.Rooms;

namespace Minato.Torture.Histories;

/// <summary>A row of the log, as it stands in the database at the end.</summary>
/// <param name="Text">The id that the body names; null: it has none, or it was erased (<paramref name="Erased"/>).</param>
internal sealed record LogEvent(string Room, long Seq, long Post, EventKind Kind, string User, long Ts, long Target, string? Subject, string? Text, bool Erased);

internal sealed record LogRoom(string Id, RoomKind Kind, string? Slug, HistoryView History, long Head, long Posts);

/// <summary>All that is stored: what the promises are about.</summary>
/// <param name="Events">By room and seq.</param>
internal sealed record StoredLog(IReadOnlyList<LogRoom> Rooms, IReadOnlyList<LogEvent> Events);
