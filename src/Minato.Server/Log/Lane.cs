namespace Minato.Server.Log;

/// <summary>One session's way into the writer: its commands stay in order, and only so many are under way at once.</summary>
internal sealed class Lane
{
    /// <summary>Commands without an answer; as many as a client may have sent ahead (the protocol's inFlight).</summary>
    internal const int MaxInFlight = 64;

    private readonly Lock _gate = new();
    private int _inFlight;
    private int _awaited;
    private TaskCompletionSource? _waiter;

    /// <summary>Commands that are not yet in a batch. The inbox owns it.</summary>
    internal SubmissionQueue Waiting;

    /// <summary>Completes as soon as another command may be submitted.</summary>
    internal Task WhenRoom() => WhenBelow(MaxInFlight);

    /// <summary>Completes when every command has been answered, and the answer and its event are on their way to the socket.</summary>
    internal Task WhenIdle() => WhenBelow(1);

    internal void Enter()
    {
        lock (_gate)
            _inFlight++;
    }

    internal void Release()
    {
        TaskCompletionSource? waiter = null;
        lock (_gate)
        {
            _inFlight--;
            if (_waiter is not null && _inFlight < _awaited)
                (waiter, _waiter) = (_waiter, null);
        }
        waiter?.SetResult();
    }

    /// <summary>One waiter at a time: the session's own read loop.</summary>
    private Task WhenBelow(int count)
    {
        lock (_gate)
        {
            if (_inFlight < count)
                return Task.CompletedTask;
            _awaited = count;
            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }
}
