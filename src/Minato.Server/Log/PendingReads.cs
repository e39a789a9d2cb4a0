using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Server.Log;

/// <summary>Read positions that are not on disk yet: only the newest of each member and room, written together once a second.</summary>
internal sealed class PendingReads(TimeProvider clock)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Members × rooms; past it the newest marks are dropped, and a later one makes up for them.</summary>
    private const int Max = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserId, RoomId), MarkRead> _pending = [];
    private long _dueAt;

    /// <returns>Whether this was the first: then somebody must be woken in time.</returns>
    internal bool Add(MarkRead mark)
    {
        lock (_gate)
        {
            var key = (mark.Actor.Id, mark.Room);
            if (_pending.TryGetValue(key, out var known))
            {
                if (known.Seq < mark.Seq)
                    _pending[key] = mark;
                return false;
            }
            if (_pending.Count >= Max)
                return false;
            _pending.Add(key, mark);
            if (_pending.Count > 1)
                return false;
            _dueAt = clock.GetTimestamp() + (long)(Interval.TotalSeconds * clock.TimestampFrequency);
            return true;
        }
    }

    /// <summary>How long until they are due; infinite when there are none.</summary>
    internal TimeSpan Patience
    {
        get
        {
            lock (_gate)
            {
                if (_pending.Count == 0)
                    return Timeout.InfiniteTimeSpan;
                var left = clock.GetElapsedTime(clock.GetTimestamp(), _dueAt);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    internal List<MarkRead> Take()
    {
        lock (_gate)
        {
            var taken = _pending.Values.ToList();
            _pending.Clear();
            return taken;
        }
    }
}
