using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>
/// Everything that one commit makes known, queued first and then sent with one write for each connection it touched. Belongs to
/// the publisher's thread.
/// </summary>
internal sealed class Turn
{
    private readonly List<SendQueue> _touched = [];
    private long _number;

    internal void Begin() => _number++;

    /// <summary>Queues bytes for a session; they leave when the turn ends.</summary>
    internal void Send(Session session, ReadOnlyMemory<byte> bytes)
    {
        session.Enqueue(bytes);
        if (session.Queue.Turn == _number)
            return;
        session.Queue.Turn = _number;
        _touched.Add(session.Queue);
    }

    internal void End()
    {
        foreach (var queue in _touched)
            queue.Flush();
        _touched.Clear();
    }
}
