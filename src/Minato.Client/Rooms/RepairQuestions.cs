using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>Holes are filled one page after the other, so that a client with many does not ask faster than it may.</summary>
internal sealed class RepairQuestions
{
    private readonly Queue<Repair> _waiting = new();
    private Repair? _repair;
    private long _count;

    /// <summary>The question that is unanswered.</summary>
    internal HistoryFrame? Asked { get; private set; }

    internal void Add(Repair repair) => _waiting.Enqueue(repair);

    internal void Clear()
    {
        _waiting.Clear();
        (_repair, Asked) = (null, null);
    }

    /// <summary>Asks the next, if none is under way.</summary>
    internal void Ask(Link link)
    {
        if (_repair is not null || !_waiting.TryDequeue(out _repair))
            return;
        Asked = _repair.Question($"repair{++_count}");
        link.Send(Asked);
    }

    internal bool IsAsked(string? rid) => rid is not null && Asked?.Rid == rid;

    /// <summary>The hole that this is the answer for; null: none of ours.</summary>
    internal Repair? Take(string? rid)
    {
        if (!IsAsked(rid))
            return null;
        var repair = _repair;
        (_repair, Asked) = (null, null);
        return repair;
    }
}
