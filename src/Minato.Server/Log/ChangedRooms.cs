using System.Threading.Channels;
using Minato.Core.Rooms;

namespace Minato.Server.Log;

/// <summary>Rooms whose log has grown, for the one who reads it behind the writer: naming one costs the writer next to nothing.</summary>
internal sealed class ChangedRooms
{
    /// <summary>Rooms named and not taken; past it all rooms are to be looked at.</summary>
    private const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<RoomId> _rooms = [];
    private bool _isTooMany;
    private long _events;

    /// <summary>How many events there were so far: how busy the writer is.</summary>
    internal long Events => Volatile.Read(ref _events);

    internal void Add(RoomId room)
    {
        lock (_gate)
        {
            _events++;
            if (_rooms.Count >= Max)
                _isTooMany = true;
            else if (!_rooms.Add(room) || _rooms.Count > 1)
                return; // The first one rang.
        }
        Wake();
    }

    /// <summary>Whatever there is to do has nothing to do with a room.</summary>
    internal void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>What was named since the last time; null: too many to be named.</summary>
    internal IReadOnlyCollection<RoomId>? Take()
    {
        lock (_gate)
        {
            var taken = _isTooMany ? null : _rooms;
            (_rooms, _isTooMany) = ([], false);
            return taken;
        }
    }

    internal async ValueTask WhenAnyAsync(CancellationToken cancel) => await _signal.Reader.ReadAsync(cancel);
}
