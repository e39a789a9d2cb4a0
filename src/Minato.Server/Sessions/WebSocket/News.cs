using Minato.Server.Rooms;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// What a client is told without having asked. Before its welcome it is kept, in order: the welcome must come first, and what happens
/// meanwhile must neither be lost nor overtake anything.
/// </summary>
internal sealed class News(Session session)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<Action<ReadOnlyMemory<byte>>>> _kept = new();
    private bool _isWelcome;

    /// <summary>Tells it on the turn, or later.</summary>
    /// <param name="write">Writes frames and hands each on, whenever it is called.</param>
    internal void Tell(Action<Action<ReadOnlyMemory<byte>>> write, Turn turn)
    {
        lock (_gate)
        {
            if (!_isWelcome)
            {
                _kept.Enqueue(write);
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
            Action<Action<ReadOnlyMemory<byte>>>? write;
            lock (_gate)
            {
                // Under the lock: what comes next is told at once, and behind everything that was kept.
                _isWelcome = _kept.Count == 0;
                if (!_kept.TryDequeue(out write))
                    break;
            }
            write(bytes => session.Enqueue(bytes));
        }
        session.Queue.Flush();
    }
}
