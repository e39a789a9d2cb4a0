using System.Runtime.InteropServices;
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

    private static readonly Comparer<User> ById = Comparer<User>.Create((a, b) => a.Uid.CompareTo(b.Uid));

    /// <summary>Somebody to compare with.</summary>
    private static readonly User Nobody = new(default, Guid.Empty, UserKind.System, "");

    private readonly Dictionary<UserId, Present> _here = [];

    /// <summary>Kept in order as people come and go: a page of a crowd costs no more than a page.</summary>
    private readonly SortedSet<User> _byId = new(ById);

    private Dictionary<UserId, User> _arrived = [];
    private Dictionary<UserId, User> _left = [];
    private readonly List<UserId> _lingering = [];
    private readonly List<User> _gone = [];
    private int _nameless;
    private int _toldCount;

    /// <summary>Those who are nobody yet included.</summary>
    internal int Count => _here.Count + _nameless;

    /// <summary>Whether a tick has anything to do here.</summary>
    internal bool IsStirred => _lingering.Count > 0 || _arrived.Count > 0 || _left.Count > 0 || Count != _toldCount;

    internal bool Has(UserId user) => _here.ContainsKey(user);

    /// <param name="user">Null: somebody who is nobody yet, and only counts.</param>
    internal void Enter(User? user)
    {
        if (user is null)
        {
            _nameless++;
            return;
        }
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_here, user.Id, out var isKnown);
        known.Sessions++;
        if (!isKnown)
        {
            (known.User, known.TicksEmpty) = (user, Present.Here);
            _byId.Add(user);
            _left.Remove(user.Id);
            _arrived[user.Id] = user;
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
        ref var known = ref Find(user.Id);
        if (--known.Sessions > 0)
            return;
        if (!lingers)
            Remove(known.User);
        else if (known.TicksEmpty == Present.Here)
        {
            _lingering.Add(user.Id);
            known.TicksEmpty = 0;
        }
    }

    internal void Rename(User user)
    {
        if (!_here.ContainsKey(user.Id))
            return;
        ref var known = ref Find(user.Id);
        _byId.Remove(known.User);
        _byId.Add(known.User = user);
    }

    /// <summary>A page of those who are somebody, by their ids.</summary>
    internal HerePage Page(Guid? after, int limit)
    {
        var rest = after is { } uid ? _byId.GetViewBetween(Nobody with { Uid = uid }, Nobody with { Uid = Guid.AllBitsSet }) : _byId;
        var users = rest.Where(u => u.Uid != after).Take(limit + 1).ToList();
        var more = users.Count > limit;
        if (more)
            users.RemoveAt(limit);
        return new HerePage(users, more, Count);
    }

    /// <summary>A tick passes: whoever lingered long enough is gone.</summary>
    internal void Linger() => _lingering.RemoveAll(user => !StillLingers(user));

    /// <summary>Who lingered long enough since it was last asked.</summary>
    internal List<User> TakeGone()
    {
        if (_gone.Count == 0)
            return [];
        List<User> gone = [.. _gone];
        _gone.Clear();
        return gone;
    }

    /// <summary>What changed since it was last asked; null: nothing.</summary>
    internal PresenceChange? TakeChange()
    {
        if (_arrived.Count == 0 && _left.Count == 0 && Count == _toldCount)
            return null;
        var change = new PresenceChange(_arrived.Values, _left.Values, _toldCount = Count);
        // New ones: what a crowd needed once is not kept.
        (_arrived, _left) = ([], []);
        return change;
    }

    private bool StillLingers(UserId user)
    {
        if (!_here.ContainsKey(user))
            return false;
        ref var known = ref Find(user);
        if (known.Sessions > 0)
        {
            known.TicksEmpty = Present.Here;
            return false;
        }
        if (++known.TicksEmpty <= LingerTicks)
            return true;
        _gone.Add(known.User);
        Remove(known.User);
        return false;
    }

    /// <summary>Of somebody who is here.</summary>
    private ref Present Find(UserId user) => ref CollectionsMarshal.GetValueRefOrNullRef(_here, user);

    private void Remove(User user)
    {
        _here.Remove(user.Id);
        _byId.Remove(user);
        _arrived.Remove(user.Id);
        // Also of whoever came since the last tick: an answer to `who` may have shown them.
        _left[user.Id] = user;
    }

    /// <summary>Lies in the dictionary itself, and is changed there.</summary>
    private struct Present
    {
        /// <summary>In place of ticks: nobody waits for them to be away long enough.</summary>
        internal const int Here = -1;

        internal User User;
        internal int Sessions;
        internal int TicksEmpty;
    }
}

/// <summary>Who came and who went since it was last told, and how many are here.</summary>
internal sealed record PresenceChange(IReadOnlyCollection<User> Arrived, IReadOnlyCollection<User> Left, int Count);

/// <summary>A page of who is here.</summary>
/// <param name="Count">All who are here, those who are nobody yet included.</param>
internal sealed record HerePage(IReadOnlyList<User> Users, bool More, int Count);
