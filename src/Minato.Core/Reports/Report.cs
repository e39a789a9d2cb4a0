using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Reports;

/// <summary>A message that somebody reported to those who run the server. It tells them nothing of the room but what stands here.</summary>
/// <param name="At">By the clock, milliseconds since 1970 UTC.</param>
/// <param name="Reason">Null: erased with whoever wrote it.</param>
public sealed record Report(long Id, long At, User By, string? Reason, ReportedRoom Room, ReportedMessage Message)
{
    /// <summary>Open reports of one person; whoever has more to say of a spammer has said it.</summary>
    public const int MaxOpen = 100;

    /// <summary>Open reports of one message; who looks at it knows by then, and more of them only bury other messages.</summary>
    public const int MaxOpenOfMessage = 20;

    /// <summary>Open reports in all, 160 MiB of copies at most: guests can be made anew, and each brings a new allowance. More than that nobody reads.</summary>
    public const int MaxOpenInAll = 10_000;

    /// <summary>Null: it is open.</summary>
    public Resolved? Resolved { get; init; }
}

/// <param name="Title">As it was when it was reported.</param>
public sealed record ReportedRoom(Guid Uid, RoomKind Kind, string Title);

/// <summary>A message as it was when it was reported, whatever has become of it.</summary>
/// <param name="Body">Null: erased with whoever wrote it.</param>
public sealed record ReportedMessage(long Seq, long Ts, User From, MessageBody? Body);

/// <param name="By">Null: the operator.</param>
public sealed record Resolved(Resolution Resolution, long At, User? By);

/// <summary>What came of a report. The numbers stand in the database.</summary>
public enum Resolution
{
    /// <summary>There was nothing to do.</summary>
    Dismissed = 0,

    /// <summary>Something was done.</summary>
    Acted = 1,
}

/// <param name="Open">How many are open in all.</param>
/// <param name="Reports">The newest first.</param>
/// <param name="More">Whether there are older ones.</param>
public sealed record ReportPage(long Open, IReadOnlyList<Report> Reports, bool More);
