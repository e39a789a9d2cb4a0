using Minato.Core.Rooms;

namespace Minato.Server.Rooms;

/// <summary>
/// Those who wait for a room's next event and are told nothing of it: requests that hang until there is something to ask for. A room rings
/// once for all of them; while nobody waits, that costs the publisher a look at a number.
/// </summary>
internal sealed class RoomWaiters
{
    /// <summary>At once, in all rooms: each is a connection and a few hundred bytes, and asks the store again when it is woken.</summary>
    internal const int Max = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomId, Bell> _bells = [];
    private int _waiting;

    /// <summary>How many wait.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Rings when something was published after this call. False: too many wait already. Else call <see cref="Leave"/>, too.</summary>
    internal bool TryEnter(RoomId room, out Task rung)
    {
        lock (_gate)
        {
            rung = Task.CompletedTask;
            if (_waiting >= Max)
                return false;
            if (!_bells.TryGetValue(room, out var bell))
                _bells[room] = bell = new Bell();
            bell.Waiting++;
            _waiting++;
            rung = bell.Rung.Task;
            return true;
        }
    }

    internal void Leave(RoomId room, Task rung)
    {
        lock (_gate)
        {
            _waiting--;
            // Rung already: it is another bell, or none.
            if (_bells.TryGetValue(room, out var bell) && bell.Rung.Task == rung && --bell.Waiting == 0)
                _bells.Remove(room);
        }
    }

    /// <summary>The rooms that somebody waits for, and how far those have seen them is known.</summary>
    internal IReadOnlyList<RoomId> Rooms
    {
        get
        {
            if (Waiting == 0)
                return [];
            lock (_gate)
                return [.. _bells.Where(b => b.Value.Seen is not null).Select(b => b.Key)];
        }
    }

    /// <summary>Somebody who waits has seen the room up to here, and found nothing.</summary>
    internal void Saw(RoomId room, Task rung, long seq)
    {
        lock (_gate)
            if (_bells.TryGetValue(room, out var bell) && bell.Rung.Task == rung)
                bell.Seen = Math.Min(bell.Seen ?? seq, seq);
    }

    /// <summary>Rings where somebody waits who has not seen as much.</summary>
    internal void RingIfBehind(RoomId room, long seq)
    {
        if (Waiting == 0)
            return;
        bool isBehind;
        lock (_gate)
            isBehind = _bells.TryGetValue(room, out var bell) && bell.Seen < seq;
        if (isBehind)
            Ring(room);
    }

    /// <summary>Called once the event is on disk.</summary>
    internal void Ring(RoomId room)
    {
        if (Waiting == 0)
            return;
        Bell? bell;
        lock (_gate)
            if (!_bells.Remove(room, out bell))
                return;
        bell.Rung.SetResult();
    }

    private sealed class Bell
    {
        internal TaskCompletionSource Rung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal int Waiting { get; set; }

        /// <summary>The oldest of what those who wait have seen; null: not known yet.</summary>
        internal long? Seen { get; set; }
    }
}
