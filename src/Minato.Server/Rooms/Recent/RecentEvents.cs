using Minato.Core.Events;

namespace Minato.Server.Rooms.Recent;

/// <summary>
/// The newest events of one room, without gaps, so that most who return are served without the store. Belongs to its room, and is
/// guarded by the room's lock.
/// </summary>
internal sealed class RecentEvents(RecentBudget budget)
{
    /// <summary>Events of one room: as many as a resume replays at most, in whole chunks.</summary>
    internal const int MaxEvents = 1_024;

    /// <summary>Bytes of one room's events: a thousand of usual length, or thirty of the longest.</summary>
    internal const int MaxBytes = 512 * 1024;

    private readonly List<EventChunk> _chunks = [];
    private long _next;
    private int _count;
    private long _bytes;
    private bool _isClosed;

    /// <summary>Takes the event that follows the newest; after any other one, what is kept begins anew.</summary>
    internal void Add(RoomEvent ev)
    {
        if (_isClosed)
            return;
        if (ev.Seq != _next)
            Clear();
        if (_chunks.Count == 0 || _chunks[^1].IsFull)
            _chunks.Add(new EventChunk(ev.Seq, budget));
        _bytes += _chunks[^1].Add(ev);
        _count++;
        _next = ev.Seq + 1;
        while (_chunks.Count > 1 && (_count - _chunks[0].Count >= MaxEvents || _bytes > MaxBytes))
            TryDropOldest();
    }

    /// <summary>The chunk that holds the event after this one, if it is kept.</summary>
    internal EventChunk? After(long seq)
    {
        if (_chunks.Count == 0 || seq + 1 < _chunks[0].First || seq + 1 >= _next)
            return null;
        var last = _chunks.Count - 1;
        while (_chunks[last].First > seq + 1)
            last--;
        return _chunks[last];
    }

    /// <summary>Takes the text out of events whose bodies are gone from the store.</summary>
    internal void Erase(Predicate<RoomEvent> isErased)
    {
        foreach (var chunk in _chunks)
            _bytes -= chunk.Erase(isErased);
    }

    internal void Clear()
    {
        while (TryDropOldest())
        {
        }
    }

    /// <summary>Gives back the oldest chunk. False: nothing is kept.</summary>
    internal bool TryDropOldest()
    {
        if (_chunks.Count == 0)
            return false;
        var oldest = _chunks[0];
        _chunks.RemoveAt(0);
        _count -= oldest.Count;
        _bytes -= oldest.LetGo();
        return true;
    }

    /// <summary>Gives everything back, and keeps nothing more: the room is let go.</summary>
    internal void Close()
    {
        Clear();
        _isClosed = true;
    }
}
