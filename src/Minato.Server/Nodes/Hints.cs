using Minato.Core.Rooms;
using Minato.Core.Storage;

namespace Minato.Server.Nodes;

/// <summary>When somebody has to look at what other nodes do, and for what: named by whoever hears or misses something, without waiting.</summary>
internal sealed class Hints
{
    /// <summary>Rooms named and not taken; past it everything is looked at.</summary>
    private const int Max = 10_000;

    private readonly object _gate = new();
    private HashSet<RoomId> _rooms = [];
    private bool _isLook;
    private bool _isBeside;
    private bool _isWhisper;
    private bool _isClosed;

    internal void Add(CommitHint hint)
    {
        lock (_gate)
        {
            if (hint == CommitHint.Beside)
                _isBeside = true;
            else if (hint.Room == default || _rooms.Count >= Max)
                _isLook = true;
            else
                _rooms.Add(hint.Room);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Somebody whispered.</summary>
    internal void AddWhisper()
    {
        lock (_gate)
        {
            _isWhisper = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was named since the last time, or nothing after <paramref name="patience"/>.</summary>
    /// <returns>False once it is closed.</returns>
    internal bool Take(TimeSpan patience, out Hinted hinted)
    {
        lock (_gate)
        {
            if (_rooms.Count == 0 && !_isLook && !_isBeside && !_isWhisper && !_isClosed && patience > TimeSpan.Zero)
                Monitor.Wait(_gate, patience);
            hinted = new Hinted(_rooms, _isLook, _isBeside, _isWhisper);
            (_rooms, _isLook, _isBeside, _isWhisper) = ([], false, false, false);
            return !_isClosed;
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}

/// <param name="IsLook">Everything is to be looked at.</param>
/// <param name="IsBeside">What changed besides the log is.</param>
/// <param name="IsWhisper">Somebody whispered.</param>
internal readonly record struct Hinted(IReadOnlyCollection<RoomId> Rooms, bool IsLook, bool IsBeside, bool IsWhisper);
