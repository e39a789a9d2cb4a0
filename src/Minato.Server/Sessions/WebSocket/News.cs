using Minato.Server.Rooms;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// What a client is told without having asked. Before its welcome it is kept, in order: the welcome must come first, and what happens
/// meanwhile must neither be lost nor overtake anything.
/// </summary>
internal sealed class News(Session session)
{
    private readonly Lock _gate = new();

    /// <summary>Null: the welcome was said, and nothing is kept any more.</summary>
    private Queue<Action<Action<ReadOnlyMemory<byte>>>>? _kept = new();

    /// <summary>Tells it on the turn, or later.</summary>
    /// <param name="write">Writes frames and hands each on, whenever it is called.</param>
    internal void Tell(Action<Action<ReadOnlyMemory<byte>>> write, Turn turn)
    {
        lock (_gate)
        {
            if (_kept is { } kept)
            {
                kept.Enqueue(write);
                return;
            }
        }
        write(bytes => turn.Send(session, bytes));
    }

    /// <summary>The welcome is said: tells what was kept, and from then on everything at once.</summary>
    internal void Release()
    {
        while (true)
        {
            Action<Action<ReadOnlyMemory<byte>>>? write = null;
            lock (_gate)
            {
                if (_kept?.TryDequeue(out write) != true)
                {
                    // Under the lock: what comes next is told at once, and behind everything that was kept.
                    _kept = null;
                    break;
                }
            }
            write!(bytes => session.Enqueue(bytes));
        }
        session.Queue.Flush();
    }
}
