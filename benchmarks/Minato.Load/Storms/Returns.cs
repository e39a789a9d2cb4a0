using System.Diagnostics;

namespace Minato.Load.Storms;

/// <summary>When clients that lost the server try again, as docs/protocols/websocket.md says; one loop wakes all of them.</summary>
internal sealed class Returns(Random random)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();

    /// <summary>Full jitter, on top of what the server asked for.</summary>
    /// <param name="tries">Since the last welcome that lasted, from 0 on.</param>
    internal Task WaitAsync(int tries, TimeSpan retryAfter)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var most = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, tries));
            var wait = retryAfter.TotalSeconds + random.NextDouble() * most;
            _waiting.Enqueue(waiter, Stopwatch.GetTimestamp() + (long)(wait * Stopwatch.Frequency));
        }
        return waiter.Task;
    }

    internal async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick);
        while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
            lock (_gate)
                while (_waiting.TryPeek(out var next, out var due) && due <= Stopwatch.GetTimestamp())
                {
                    _waiting.Dequeue();
                    next.SetResult();
                }
    }
}
