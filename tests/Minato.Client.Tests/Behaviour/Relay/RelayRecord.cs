using System.Diagnostics;

namespace Minato.Client.Tests.Behaviour;

/// <summary>What the relay saw, and when.</summary>
internal sealed class RelayRecord
{
    private readonly Lock _gate = new();
    private readonly List<long> _attempts = [];
    private readonly List<int> _closes = [];
    private readonly List<string> _cids = [];
    private long? _bye;
    private int _faults;

    internal int Attempts => Look(() => _attempts.Count);

    /// <summary>How often a rule befell a frame.</summary>
    internal int Faults => Look(() => _faults);

    /// <summary>With what the server closed.</summary>
    internal int[] Closes => Look(() => _closes.ToArray());

    /// <summary>Of messages that went up, the resent ones again.</summary>
    internal string[] SentCids => Look(() => _cids.ToArray());

    /// <summary>From the server's goodbye to the next attempt; null: there was none.</summary>
    internal TimeSpan? Returned => Look(() => _attempts.Where(a => a > _bye).Select(a => (TimeSpan?)Stopwatch.GetElapsedTime(_bye!.Value, a)).FirstOrDefault());

    internal void Attempted() => Look(() => { _attempts.Add(Stopwatch.GetTimestamp()); return 0; });

    internal void Befell() => Look(() => _faults++);

    internal void Closed(int code) => Look(() => { _closes.Add(code); return 0; });

    internal void Sent(string cid) => Look(() => { _cids.Add(cid); return 0; });

    internal void SaidGoodbye() => Look(() => _bye = Stopwatch.GetTimestamp());

    private T Look<T>(Func<T> look)
    {
        lock (_gate)
            return look();
    }
}
