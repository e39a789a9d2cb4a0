namespace Minato.Server.Log;

/// <summary>
/// What waits for the writer: bounded in count and bytes, and fair — a batch takes from each session in turn, so that one who
/// pours does not hold up one who speaks.
/// </summary>
internal sealed class CommandInbox
{
    /// <summary>Commands; at 10,000 commits of single posts a second, one second's worth.</summary>
    private const int MaxCommands = 10_000;

    /// <summary>Bytes kept alive by them.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Queue<Lane> _turns = new();
    private readonly Lane _own = new();
    private int _count;
    private long _bytes;
    private bool _nudged;
    private bool _closed;

    /// <summary>Commands that wait.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>False: full, or closed; nothing was taken.</summary>
    internal bool TryAdd(Submission submission)
    {
        var lane = submission.Lane ?? _own;
        lock (_gate)
        {
            if (_closed || _count >= MaxCommands || _bytes + submission.Size > MaxBytes)
                return false;
            lane.Enter();
            if (lane.Waiting.Count == 0)
                _turns.Enqueue(lane);
            lane.Waiting.Enqueue(submission);
            _count++;
            _bytes += submission.Size;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Moves what waits into <paramref name="batch"/>, one of each lane in turn.</summary>
    /// <param name="patience">How long to wait for a first one; a nudge ends it, too.</param>
    /// <returns>False once the inbox is closed and empty.</returns>
    internal bool Take(List<Submission> batch, int max, TimeSpan patience)
    {
        lock (_gate)
        {
            if (_count == 0 && !_nudged && !_closed && patience != TimeSpan.Zero)
                Monitor.Wait(_gate, patience);
            _nudged = false;
            while (batch.Count < max && _turns.TryDequeue(out var lane))
            {
                var submission = lane.Waiting.Dequeue();
                batch.Add(submission);
                _count--;
                _bytes -= submission.Size;
                if (lane.Waiting.Count > 0)
                    _turns.Enqueue(lane);
            }
            return batch.Count > 0 || !_closed;
        }
    }

    /// <summary>Ends a wait although no command came.</summary>
    internal void Nudge()
    {
        lock (_gate)
        {
            _nudged = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Nothing more comes in; what is there is still taken out.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }
}
