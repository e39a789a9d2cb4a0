using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>
/// Everything that one commit or one tick makes known, queued first and then sent with one write for each connection it touched.
/// For one thread at a time.
/// </summary>
internal sealed class Turn
{
    private static long _turns;

    private readonly List<SendQueue> _touched = [];
    private long _number;

    /// <summary>No two turns have the same number, whoever's they are: a queue that one marked is not passed over by another.</summary>
    internal void Begin() => _number = Interlocked.Increment(ref _turns);

    /// <summary>Queues bytes for a session; they leave when the turn ends.</summary>
    internal void Send(Session session, ReadOnlyMemory<byte> bytes)
    {
        session.Enqueue(bytes);
        Touch(session);
    }

    /// <summary>The same for bytes that may be lost. False: too much waits for the session already.</summary>
    internal bool TrySend(Session session, ReadOnlyMemory<byte> bytes)
    {
        if (!session.TryEnqueueDroppable(bytes))
            return false;
        Touch(session);
        return true;
    }

    internal void End()
    {
        foreach (var queue in _touched)
            queue.Flush();
        _touched.Clear();
    }

    private void Touch(Session session)
    {
        if (session.Queue.Turn == _number)
            return;
        session.Queue.Turn = _number;
        _touched.Add(session.Queue);
    }
}
