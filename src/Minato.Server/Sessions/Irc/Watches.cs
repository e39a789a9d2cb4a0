using System.Collections.Immutable;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Who waits for whom by MONITOR: by key of the nick. https://ircv3.net/specs/extensions/monitor</summary>
internal sealed class Watches
{
    /// <summary>Nicks of one client, as most networks have it.</summary>
    internal const int Max = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableHashSet<IrcSession>> _watchers = [];

    internal void Add(IrcSession session, string nick)
    {
        lock (_gate)
            _watchers[Nick.Key(nick)] = WatchersOf(Nick.Key(nick)).Add(session);
    }

    internal void Remove(IrcSession session, string nick)
    {
        lock (_gate)
            if (WatchersOf(Nick.Key(nick)).Remove(session) is { IsEmpty: false } left)
                _watchers[Nick.Key(nick)] = left;
            else
                _watchers.Remove(Nick.Key(nick));
    }

    internal ImmutableHashSet<IrcSession> Of(User user)
    {
        lock (_gate)
            return WatchersOf(Nick.Key(user.Nick));
    }

    /// <summary>Somebody is there, or no more, over whatever protocol.</summary>
    internal void Tell(IrcNetwork network, User user, bool isOnline)
    {
        foreach (var watcher in Of(user))
            watcher.Say(output => new IrcWriter(output).Begin(network.Server, isOnline ? "730" : "731").Word(watcher.Nick)
                .End(isOnline ? network.MaskOf(user) : user.Nick));
    }

    private ImmutableHashSet<IrcSession> WatchersOf(string key) => _watchers.GetValueOrDefault(key, []);
}
