using Minato.Core.Users;
using Minato.Server.Metrics;
using Minato.Server.Sessions.WebSocket;

namespace Minato.Server.Sessions;

/// <summary>Who is connected: every session, and those of each user.</summary>
internal sealed class SessionRegistry : IDisposable
{
    /// <summary>When the first clients come back: a restart takes about a second.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How many come back in each second after that, besides their own jitter: about half of what two cores can welcome.</summary>
    internal const int ReturnsPerSecond = 1_000;

    /// <summary>Nobody is told to stay away for longer after that: 30 s, the longest that clients wait by themselves. Past 30,000 they come closer together.</summary>
    private const int LongestSpread = 30_000;

    private readonly CancellationTokenSource _draining = new();

    private readonly Lock _gate = new();
    private readonly HashSet<Session> _all = [];
    private readonly Dictionary<UserId, List<Session>> _byUser = [];
    private int _mostUsers;
    private int _returning = -1;

    /// <param name="distantReaders">Of the store: see <see cref="WelcomeQueue.PlacesFor"/>.</param>
    internal SessionRegistry(int distantReaders = 0)
    {
        Draining = _draining.Token;
        Welcomes = new WelcomeQueue(WelcomeQueue.PlacesFor(distantReaders));
    }

    /// <summary>Cancelled when the server stops: nobody waits for anything but the disk any more.</summary>
    internal CancellationToken Draining { get; }

    internal WelcomeQueue Welcomes { get; }

    internal HangingRequests Hanging { get; } = new();

    /// <summary>Told of somebody whose first connection begins or whose last one ends; null: nobody asks.</summary>
    internal Action<User, bool>? Came { get; set; }

    internal Counter SlowCloses { get; } = new();

    internal Counter EphemeralsDropped { get; } = new();

    internal void Add(Session session)
    {
        lock (_gate)
            _all.Add(session);
    }

    /// <summary>Tells every session that is there to end; one that still comes sees <see cref="Draining"/> before it reads.</summary>
    internal async Task DrainAsync()
    {
        await _draining.CancelAsync();
        foreach (var session in All)
            session.Drain();
    }

    /// <summary>When the next of those who are sent away by a server that stops is to come back: not all at once.</summary>
    internal TimeSpan NextReturn() =>
        RetryAfter + TimeSpan.FromMilliseconds((uint)Interlocked.Increment(ref _returning) * 1000L / ReturnsPerSecond % LongestSpread);

    public void Dispose() => _draining.Dispose();

    internal void Bind(Session session, User user)
    {
        bool isFirst;
        lock (_gate)
        {
            if (!_byUser.TryGetValue(user.Id, out var sessions))
                _byUser[user.Id] = sessions = new List<Session>(1);
            sessions.Add(session);
            isFirst = sessions.Count == 1;
            _mostUsers = Math.Max(_mostUsers, _byUser.Count);
        }
        if (isFirst)
            Came?.Invoke(user, true);
    }

    /// <summary>To who waits for a name, somebody is gone under one and there under the other.</summary>
    internal void Rename(User was, User now)
    {
        // Who is written another way only is there all the time.
        if (Of(now.Id).Count == 0 || Nick.Key(was.Nick) == Nick.Key(now.Nick))
            return;
        Came?.Invoke(was, false);
        Came?.Invoke(now, true);
    }

    internal void Remove(Session session)
    {
        User gone;
        lock (_gate)
        {
            _all.Remove(session);
            if (session.You is not { } user || !_byUser.TryGetValue(user.Id, out var sessions))
                return;
            sessions.Remove(session);
            if (sessions.Count > 0)
                return;
            _byUser.Remove(user.Id);
            gone = user;
        }
        Came?.Invoke(gone, false);
    }

    /// <summary>Users who are connected, and the most that were at once since the start; and connections of nobody yet.</summary>
    internal (int Users, int Most, int Nameless) Count()
    {
        lock (_gate)
            return (_byUser.Count, _mostUsers, _all.Count(s => s.You is null));
    }

    internal IReadOnlyList<Session> Of(UserId user)
    {
        lock (_gate)
            return _byUser.TryGetValue(user, out var sessions) ? [.. sessions] : [];
    }

    internal IReadOnlyList<Session> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }
}
