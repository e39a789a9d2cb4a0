using Minato.Core.Users;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>One session's place in one live room. The room's lock guards what changes.</summary>
internal sealed class Subscription(Session session, LiveRoom room)
{
    internal Session Session { get; } = session;

    internal LiveRoom Room { get; } = room;

    /// <summary>The newest event that is queued for the session, or that is not for it any more.</summary>
    internal long Cursor { get; set; }

    /// <summary>False while the session catches up from the log: then the room queues nothing for it.</summary>
    internal bool IsLive { get; set; }

    /// <summary>The last event that the session may be told; set when its user left or was made to, though it may be told so later.</summary>
    internal long Last { get; set; } = long.MaxValue;

    internal bool IsEnding => Last != long.MaxValue;

    /// <summary>As whom the session counts among those who are here; null for nobody yet.</summary>
    internal User? Who { get; set; }

    /// <summary>Whether the session's user is a member, and not one who looks on.</summary>
    internal bool IsMember { get; set; }

    /// <summary>Whether a change in who is here was dropped on the way to the session.</summary>
    internal bool MissedPresence { get; set; }

    /// <summary>What the session is told in place of an event of its own, by its seq; nothing where that is empty. Null: there is none.</summary>
    internal Dictionary<long, ReadOnlyMemory<byte>>? Instead { get; set; }

    /// <summary>The list it stands in, and where.</summary>
    internal WireFormat? Format { get; set; }
    internal int Index { get; set; }
}
