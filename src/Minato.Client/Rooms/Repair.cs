using Minato.Core.Messages;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>A hole in what is held of a room: history is asked for what lies between, and the events behind it are held until it is filled.</summary>
internal sealed class Repair(Guid room, long after, long from)
{
    /// <summary>Events held for one room: as many as the server replays, and half as many that come meanwhile.</summary>
    private const int MaxHeld = 1_536;

    private readonly Queue<EventFrame> _held = new();

    internal Guid Room => room;

    /// <summary>The last seq that was told.</summary>
    internal long After { get; private set; } = after;

    /// <summary>The seq of the first event behind the hole.</summary>
    internal long From => from;

    internal bool IsFilled => After >= from - 1;

    /// <summary>What does not fit comes again: once the hole is filled, a gap is left behind what was held, and the client resumes.</summary>
    internal void Hold(EventFrame ev)
    {
        if (_held.Count < MaxHeld)
            _held.Enqueue(ev);
    }

    internal IEnumerable<EventFrame> Held => _held;

    internal HistoryFrame Question(string rid) => new(rid, new RoomRef(room, null), new PageRequest(null, After, PageRequest.MaxLimit));

    /// <summary>What this page fills of the hole.</summary>
    internal Repaired Fill(HistoryAnswer page)
    {
        IReadOnlyList<MessageInfo> messages = [.. page.Messages.Where(m => m.Seq > After && m.Seq < from)];
        var isLast = !page.More || messages.Count < page.Messages.Count || messages.Count == 0;
        return new Repaired(room, After, isLast ? from - 1 : messages[^1].Seq, messages);
    }

    internal void Filled(Repaired told) => After = told.UpTo;
}
