using Minato.Core.Events;
using Minato.Core.Users;

namespace Minato.Server.Rooms.Recent;

/// <summary>
/// Who was renamed since events are kept: replayed from memory or from the store, an event shows its people under today's names.
/// The publisher tells it of a rename before it publishes anything of the same turn.
/// </summary>
internal sealed class Renames
{
    /// <summary>People; about a hundred bytes each.</summary>
    internal const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, (User User, long At)> _renamed = [];
    private long _version;

    /// <summary>Rises with each rename.</summary>
    internal long Version => Volatile.Read(ref _version);

    internal bool IsFull
    {
        get
        {
            lock (_gate)
                return _renamed.Count >= Max;
        }
    }

    internal void Add(User user)
    {
        lock (_gate)
            _renamed[user.Id] = (user, Interlocked.Increment(ref _version));
    }

    /// <summary>Only when no event of before is kept any more.</summary>
    internal void Clear()
    {
        lock (_gate)
            _renamed.Clear();
    }

    /// <summary>Whether somebody in these events was renamed after that version.</summary>
    internal bool Concern(List<RoomEvent> events, long since)
    {
        if (since == Version)
            return false;
        lock (_gate)
            return events.Exists(e => IsNewer(e.From.Id, since) || (e is MemberEvent about && IsNewer(about.Subject.Id, since)));
    }

    internal RoomEvent UnderTodaysName(RoomEvent ev)
    {
        if (Version == 0)
            return ev;
        lock (_gate)
        {
            if (_renamed.TryGetValue(ev.From.Id, out var from))
                ev = ev with { From = from.User };
            return ev is MemberEvent about && _renamed.TryGetValue(about.Subject.Id, out var subject) ? about with { Subject = subject.User } : ev;
        }
    }

    private bool IsNewer(UserId user, long since) => _renamed.TryGetValue(user, out var known) && known.At > since;
}
