using System.Diagnostics.CodeAnalysis;
using Minato.Core.Events;
using Minato.Core.Users;

namespace Minato.Server.Rooms.Presence;

/// <summary>
/// Who is in one room, as those know it who are told of each one that comes and goes, in order with what is said. It follows presence, but
/// whoever leaves by an act is out at once, though they look on. Belongs to its room, and is guarded by the room's lock.
/// </summary>
internal sealed class Roster
{
    private readonly Dictionary<UserId, User> _in = [];

    internal IReadOnlyCollection<User> All => _in.Values;

    /// <summary>False: they were in already.</summary>
    internal bool Add(User user) => _in.TryAdd(user.Id, user);

    /// <summary>False: they were not in.</summary>
    internal bool Remove(User user) => _in.Remove(user.Id);

    /// <param name="known">As they are called today.</param>
    internal bool Remove(UserId user, [NotNullWhen(true)] out User? known) => _in.Remove(user, out known);

    internal bool Has(UserId user) => _in.ContainsKey(user);

    internal void Rename(User user)
    {
        if (_in.ContainsKey(user.Id))
            _in[user.Id] = user;
    }

    /// <summary>
    /// The run as it is told to those who know who is in: nobody joins who is in already or is not connected, nobody leaves who is out, and
    /// whoever is banned is seen to go.
    /// </summary>
    internal IReadOnlyList<RoomEvent> Follow(IReadOnlyList<RoomEvent> run, RoomPresence presence)
    {
        if (!run.Any(ConcernsPeople))
            return run;
        var told = new List<RoomEvent>(run.Count + 1);
        foreach (var ev in run)
        {
            var isNews = ev switch
            {
                Joined joined => presence.Has(joined.From.Id) && Add(joined.From),
                Left left => Remove(left.From) || left.Heir is not null,
                _ => true,
            };
            if (isNews)
                told.Add(ev);
            if (ev is Kicked kicked)
                Remove(kicked.Subject);
            else if (ev is Banned banned && Remove(banned.Subject))
                told.Add(new Kicked(ev.Room, ev.Seq, ev.Ts, ev.From, banned.Subject));
        }
        return told;
    }

    private static bool ConcernsPeople(RoomEvent ev) => ev is Joined or Left or Kicked or Banned;
}
