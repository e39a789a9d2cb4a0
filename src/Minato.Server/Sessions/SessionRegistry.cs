using Minato.Core.Users;

namespace Minato.Server.Sessions;

/// <summary>Who is connected: every session, and those of each user.</summary>
internal sealed class SessionRegistry
{
    private readonly Lock _gate = new();
    private readonly HashSet<Session> _all = [];
    private readonly Dictionary<UserId, List<Session>> _byUser = [];

    internal void Add(Session session)
    {
        lock (_gate)
            _all.Add(session);
    }

    internal void Bind(Session session, User user)
    {
        lock (_gate)
        {
            if (!_byUser.TryGetValue(user.Id, out var sessions))
                _byUser[user.Id] = sessions = [];
            sessions.Add(session);
        }
    }

    internal void Remove(Session session)
    {
        lock (_gate)
        {
            _all.Remove(session);
            if (session.You is not { } user || !_byUser.TryGetValue(user.Id, out var sessions))
                return;
            sessions.Remove(session);
            if (sessions.Count == 0)
                _byUser.Remove(user.Id);
        }
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
