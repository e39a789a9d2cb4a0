using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>One session's place in one live room. The room's lock guards what changes.</summary>
internal sealed class Subscription(Session session, LiveRoom room)
{
    internal Session Session { get; } = session;

    internal LiveRoom Room { get; } = room;

    /// <summary>The newest event that is queued for the session.</summary>
    internal long Cursor { get; set; }

    /// <summary>False while the session catches up from the log: then the room queues nothing for it.</summary>
    internal bool IsLive { get; set; }

    /// <summary>The session's user was made to leave: nothing that came after is theirs, though they are told of it later.</summary>
    internal bool IsOver { get; set; }

    /// <summary>The list it stands in, and where.</summary>
    internal WireFormat? Format { get; set; }
    internal int Index { get; set; }
}
