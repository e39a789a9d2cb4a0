using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Server.Metrics;

namespace Minato.Server.Log;

/// <summary>What the log writer did, counted by its own thread with plain adds; others only look.</summary>
internal sealed class LogMeters
{
    private readonly long[] _refused = new long[Enum.GetValues<Refusal>().Length];
    private long _done;
    private long _repeated;
    private long _posts;

    /// <summary>1 to 1,000 commands, the largest batch.</summary>
    internal Histogram BatchCommands { get; } = new(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);

    /// <summary>From a fast disk's fsync to one that hangs.</summary>
    internal Histogram CommitSeconds { get; } = new(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    internal long Done => Volatile.Read(ref _done);

    /// <summary>Sent again, or there was nothing to change: answered as before.</summary>
    internal long Repeated => Volatile.Read(ref _repeated);

    internal long Posts => Volatile.Read(ref _posts);

    internal long Refused(Refusal reason) => Volatile.Read(ref _refused[(int)reason]);

    internal void Count(Outcome outcome)
    {
        switch (outcome)
        {
            case Logged { Event: { } ev }:
                _done++;
                if (ev is Posted)
                    _posts++;
                break;
            case Logged:
                _repeated++;
                break;
            case Refused refused:
                _refused[(int)refused.Reason]++;
                break;
            case UserChanged or VisitorEnded or LinkMade:
                _done++;
                break;
            default:
                break; // read positions: the server's own housekeeping
        }
    }

    /// <summary>Refused before the writer saw it, by whichever thread: nothing else counts this reason.</summary>
    internal void CountBusy() => Interlocked.Increment(ref _refused[(int)Refusal.Busy]);
}
