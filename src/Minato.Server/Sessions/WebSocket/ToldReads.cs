using Minato.Core.Rooms;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// How far the client was told that one has read, in each room. What other servers say of it may be heard before the event by which one came into a room,
/// and behind what is newer: to the client it only moves forward. Belongs to whoever tells the client.
/// </summary>
internal sealed class ToldReads
{
    private readonly Dictionary<RoomId, (long Seq, long PostNo)> _told = [];

    /// <param name="postNo">The newest post up to the position.</param>
    /// <returns>False: it was more already.</returns>
    internal bool TryMove(RoomId room, long seq, long postNo)
    {
        if (_told.TryGetValue(room, out var told) && told.Seq > seq)
            return false;
        _told[room] = (seq, postNo);
        return true;
    }

    /// <summary>A room that one is in, as it is to be said.</summary>
    internal RoomView AsTold(RoomView view)
    {
        TryMove(view.Room.Id, view.ReadSeq, view.Head.PostNo - view.Unread);
        var (seq, postNo) = _told[view.Room.Id];
        // It may be past the head that is said: what other servers committed is in the list before it is here.
        return view with { ReadSeq = seq, Unread = Math.Max(0, view.Head.UnreadAfter(postNo)) };
    }
}
