using Minato.Core.Users;
using Minato.Server.Metrics;

namespace Minato.Server.Sessions;

/// <summary>Who is connected: every session, and those of each user.</summary>
internal sealed class SessionRegistry : IDisposable
{
    /// <summary>When clients come back: a restart takes about a second, and they spread themselves by jitter.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _draining = new();

    private readonly Lock _gate = new();
    private readonly HashSet<Session> _all = [];
    private readonly Dictionary<UserId, List<Session>> _byUser = [];

    internal SessionRegistry() => Draining = _draining.Token;

    /// <summary>Cancelled when the server stops: nobody waits for anything but the disk any more.</summary>
    internal CancellationToken Draining { get; }

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

    public void Dispose() => _draining.Dispose();

    internal void Bind(Session session, User user)
    {
        bool isFirst;
        lock (_gate)
        {
            if (!_byUser.TryGetValue(user.Id, out var sessions))
                _byUser[user.Id] = sessions = [];
            sessions.Add(session);
            isFirst = sessions.Count == 1;
        }
        if (isFirst)
            Came?.Invoke(user, true);
    }

    /// <summary>To who waits for a name, somebody is gone under one and there under the other.</summary>
    internal void Rename(User was, User now)
    {
        if (Of(now.Id).Count == 0)
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
