using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// Changes that a repaired message has in it already although their events come later: <c>edit</c>, <c>delete</c>, <c>react</c> and <c>pin</c> about a message whose
/// <c>changed</c> is not below theirs are not told, or a reaction would be counted twice.
/// </summary>
internal sealed class RepairedChanges
{
    private readonly Dictionary<(Guid Room, long Seq), long> _changed = [];

    internal void Remember(HistoryAnswer page, Repair repair)
    {
        foreach (var message in page.Messages)
            if (message.Changed >= repair.From && message.Seq < repair.From)
                _changed[(repair.Room, message.Seq)] = message.Changed;
    }

    internal bool Has(EventFrame ev)
    {
        if (ev is not MessageEventFrame about || !_changed.TryGetValue((ev.Room, about.Target), out var changed))
            return false;
        if (ev.Seq >= changed)
            _changed.Remove((ev.Room, about.Target));
        return ev.Seq <= changed;
    }
}
