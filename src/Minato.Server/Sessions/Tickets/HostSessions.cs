namespace Minato.Server.Sessions.Tickets;

/// <summary>
/// Sessions of the people whom a host has named, made when their ticket was taken. They end with the server, as the launch token
/// does: the page asks its host for another ticket, and nothing is left in a database that still opens it.
/// </summary>
internal sealed class HostSessions
{
    /// <summary>Some MiB. Beyond that the oldest ends: its page asks for a ticket when it comes back.</summary>
    internal const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Guid> _people = new(StringComparer.Ordinal);

    internal SessionToken Open(Guid person)
    {
        var session = SessionToken.New();
        lock (_gate)
        {
            if (_people.Count == Max)
                _people.RemoveAt(0);
            _people.Add(Key(session), person);
        }
        return session;
    }

    internal Guid? Find(SessionToken session)
    {
        lock (_gate)
            return _people.TryGetValue(Key(session), out var person) ? person : null;
    }

    private static string Key(SessionToken session) => Convert.ToHexString(session.Hash);
}
