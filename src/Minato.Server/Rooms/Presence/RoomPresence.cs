using Minato.Core.Users;

namespace Minato.Server.Rooms.Presence;

/// <summary>
/// Who is connected to one room. Somebody is here from their first connection until a few ticks after their last: who reconnects
/// meanwhile was never away. Belongs to its room, and is guarded by the room's lock.
/// </summary>
internal sealed class RoomPresence
{
    /// <summary>Ticks, of a second each, that somebody is still here without a connection: a page that loads anew takes about two.</summary>
    internal const int LingerTicks = 5;

    private readonly Dictionary<UserId, Presence> _here = [];
    private readonly Dictionary<UserId, User> _arrived = [];
    private readonly Dictionary<UserId, User> _left = [];
    private readonly List<UserId> _lingering = [];
    private int _nameless;
    private int _toldCount;
    private User[]? _sorted;

    /// <summary>Those who are nobody yet included.</summary>
    internal int Count => _here.Count + _nameless;

    /// <summary>Whether a tick has anything to do here.</summary>
    internal bool IsStirred => _lingering.Count > 0 || _arrived.Count > 0 || _left.Count > 0 || Count != _toldCount;

    /// <param name="user">Null: somebody who is nobody yet, and only counts.</param>
    internal void Enter(User? user)
    {
        if (user is null)
            _nameless++;
        else if (_here.TryGetValue(user.Id, out var known))
            known.Sessions++;
        else
        {
            _here.Add(user.Id, new Presence { User = user, Sessions = 1 });
            _left.Remove(user.Id);
            _arrived[user.Id] = user;
            _sorted = null;
        }
    }

    /// <param name="lingers">False: they left the room by an act, and are gone at once.</param>
    internal void Exit(User? user, bool lingers)
    {
        if (user is null)
        {
            _nameless--;
            return;
        }
        var known = _here[user.Id];
        if (--known.Sessions > 0)
            return;
        if (!lingers)
            Remove(known);
        else if (known.TicksEmpty < 0)
        {
            _lingering.Add(user.Id);
            known.TicksEmpty = 0;
        }
    }

    internal void Rename(User user)
    {
        if (!_here.TryGetValue(user.Id, out var known))
            return;
        known.User = user;
        _sorted = null;
    }

    /// <summary>A page of those who are somebody, by their ids.</summary>
    internal HerePage Page(Guid? after, int limit)
    {
        _sorted ??= [.. _here.Values.Select(p => p.User).OrderBy(u => u.Uid)];
        var start = after is { } uid ? Array.FindIndex(_sorted, u => u.Uid.CompareTo(uid) > 0) : 0;
        if (start < 0)
            return new HerePage([], false, Count);
        var users = _sorted[start..Math.Min(_sorted.Length, start + limit)];
        return new HerePage(users, start + users.Length < _sorted.Length, Count);
    }

    /// <summary>A tick passes: whoever lingered long enough is gone.</summary>
    internal void Linger() => _lingering.RemoveAll(user => !StillLingers(user));

    /// <summary>What changed since it was last asked; null: nothing.</summary>
    internal PresenceChange? TakeChange()
    {
        if (_arrived.Count == 0 && _left.Count == 0 && Count == _toldCount)
            return null;
        var change = new PresenceChange([.. _arrived.Values], [.. _left.Values], _toldCount = Count);
        _arrived.Clear();
        _left.Clear();
        return change;
    }

    private bool StillLingers(UserId user)
    {
        if (!_here.TryGetValue(user, out var known))
            return false;
        if (known.Sessions > 0)
        {
            known.TicksEmpty = -1;
            return false;
        }
        if (++known.TicksEmpty <= LingerTicks)
            return true;
        Remove(known);
        return false;
    }

    private void Remove(Presence known)
    {
        _here.Remove(known.User.Id);
        _arrived.Remove(known.User.Id);
        // Also of whoever came since the last tick: an answer to `who` may have shown them.
        _left[known.User.Id] = known.User;
        _sorted = null;
    }

    private sealed class Presence
    {
        internal required User User { get; set; }

        internal int Sessions { get; set; }

        /// <summary>−1 while nobody waits for them to be away long enough.</summary>
        internal int TicksEmpty { get; set; } = -1;
    }
}

/// <summary>Who came and who went since it was last told, and how many are here.</summary>
internal sealed record PresenceChange(IReadOnlyList<User> Arrived, IReadOnlyList<User> Left, int Count);

/// <summary>A page of who is here.</summary>
/// <param name="Count">All who are here, those who are nobody yet included.</param>
internal sealed record HerePage(IReadOnlyList<User> Users, bool More, int Count);
