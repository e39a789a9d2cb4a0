using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>Makes a guest, and the session by which they come back.</summary>
/// <param name="Nick">Null: a provisional one.</param>
public sealed record SessionFrame(string? Nick) : ClientFrame;

/// <summary>Asks for a one-time ticket, by which a page is let in.</summary>
/// <param name="Person">The host's own id of who sits before the page; null: somebody new.</param>
/// <param name="Nick">What they are called where they are new; null: provisionally something.</param>
public sealed record TicketFrame(string? Person, string? Nick) : ClientFrame
{
    /// <summary>Bytes: a UUID, a mail address or a path of most systems.</summary>
    public const int MaxPerson = 128;
}

/// <summary>Who one is.</summary>
public sealed record MeFrame() : QuestionFrame(Rid: null);

/// <summary>One's own rooms, or the public ones.</summary>
/// <param name="After">The id of the last room of the page before.</param>
public sealed record RoomListFrame(bool IsPublic, Guid? After, int Limit) : QuestionFrame(Rid: null);

/// <summary>One room as one sees it.</summary>
public sealed record OneRoomFrame(RoomRef Room) : QuestionFrame(Rid: null);

/// <summary>One message as it is now.</summary>
public sealed record MessageFrame(RoomRef Room, long Seq) : QuestionFrame(Rid: null);

/// <summary>A piece of a room's log.</summary>
/// <param name="After">The newest seq that is known; null: from now on.</param>
/// <param name="Limit">Events in one answer.</param>
/// <param name="Wait">How long to wait for a first one.</param>
public sealed record EventsFrame(RoomRef Room, long? After, int Limit, TimeSpan Wait) : QuestionFrame(Rid: null)
{
    /// <summary>Events in one answer; a script that follows a room seldom needs as many.</summary>
    public const int MaxLimit = 500;

    public const int DefaultLimit = 100;

    /// <summary>30 s, below the 60 s after which proxies commonly give up.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
}
