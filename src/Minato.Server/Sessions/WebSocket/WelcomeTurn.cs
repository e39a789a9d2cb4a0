using System.Net;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Those of one address who wait for their welcome, in their order, and the address's place among the others. Guarded by its queue.</summary>
internal sealed class WelcomeLine
{
    internal WelcomeLine(IPAddress address)
    {
        Address = address;
        Place = new LinkedListNode<WelcomeLine>(this);
    }

    internal IPAddress Address { get; }

    internal LinkedListNode<WelcomeLine> Place { get; }

    internal LinkedList<WelcomeTurn> Waiting { get; } = [];
}

/// <summary>Somebody's turn to be welcomed, which comes or is given up.</summary>
internal sealed class WelcomeTurn
{
    private readonly WelcomeQueue _queue;
    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkedListNode<WelcomeTurn> _place;
    private WelcomeLine? _line;

    internal WelcomeTurn(WelcomeQueue queue)
    {
        _queue = queue;
        _place = new LinkedListNode<WelcomeTurn>(this);
    }

    /// <summary>Guarded by the queue, as are the two that change it.</summary>
    internal bool IsWaiting => _line is not null;

    /// <summary>Waits until it has come. Give its place back with <see cref="WelcomeQueue.Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">It is not waited for any more, and no place was taken.</exception>
    internal async Task WaitAsync(CancellationToken cancel)
    {
        using var leaving = cancel.UnsafeRegister(
            _ =>
            {
                if (_queue.TryGiveUp(this))
                    _come.SetCanceled(cancel);
            },
            null);
        await _come.Task;
    }

    internal void Come() => _come.SetResult();

    internal void Join(WelcomeLine line)
    {
        _line = line;
        line.Waiting.AddLast(_place);
    }

    internal WelcomeLine LeaveLine()
    {
        var line = _line!;
        line.Waiting.Remove(_place);
        _line = null;
        return line;
    }
}
