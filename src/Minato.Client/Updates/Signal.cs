namespace Minato.Client;

/// <summary>Wakes all who wait, each time it is set. A wait begun before the look at the state misses nothing.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Wait() => Volatile.Read(ref _next).Task;

    internal void Set() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
