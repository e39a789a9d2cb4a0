using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Minato.Torture.Fleet;

/// <summary>What a client has sent and was not answered. It is sent again under the same id until it is.</summary>
internal sealed class Outbox
{
    /// <summary>Unanswered at once.</summary>
    public const int Window = 8;

    private readonly Lock _gate = new();
    private readonly List<(string Cid, JsonObject Frame)> _waiting = [];
    private long _since;

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>How long something has waited, and nothing was answered for good.</summary>
    public TimeSpan Waits
    {
        get
        {
            lock (_gate)
                return _waiting.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_since);
        }
    }

    /// <summary>On another connection all that waits is sent again, and waits anew.</summary>
    public void Begin()
    {
        lock (_gate)
            _since = Stopwatch.GetTimestamp();
    }

    public void Add(string cid, JsonObject frame)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
                _since = Stopwatch.GetTimestamp();
            _waiting.Add((cid, frame));
        }
    }

    /// <summary>It was answered for good. False: it was not waited for.</summary>
    public bool Remove(string cid)
    {
        lock (_gate)
        {
            _since = Stopwatch.GetTimestamp();
            return _waiting.RemoveAll(w => w.Cid == cid) > 0;
        }
    }

    public IReadOnlyList<(string Cid, JsonObject Frame)> All
    {
        get
        {
            lock (_gate)
                return [.. _waiting];
        }
    }
}
