namespace Minato.Server.Log;

/// <summary>Where the writer stands still, and nothing is written, until it may go on. What is sent meanwhile is held, for a while.</summary>
internal sealed class Fence(TimeProvider clock)
{
    /// <summary>How long what is sent is held before it is refused: 5 s, as long as a server that stops waits for its sessions.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _patience;

    /// <summary>Completes when the writer stands: nothing is written from then on.</summary>
    internal Task Reached => _reached.Task;

    /// <summary>Nobody is to wait here any more.</summary>
    internal void End() => _over.TrySetResult();

    /// <summary>For the writer's own thread. Returns when the fence is gone, or what waits has waited long enough.</summary>
    internal void Stand()
    {
        _patience ??= Task.Delay(Patience, clock);
        _reached.TrySetResult();
        _ = Task.WaitAny(_over.Task, _patience);
    }
}
