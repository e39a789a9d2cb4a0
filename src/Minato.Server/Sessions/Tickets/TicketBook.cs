using Minato.Core.Users;

namespace Minato.Server.Sessions.Tickets;

/// <summary>The tickets that are out. They live in memory only: who starts the server anew asks for new ones.</summary>
internal sealed class TicketBook(TimeProvider clock)
{
    /// <summary>Tickets that are out at once: far more than a host opens pages in 30 s. Beyond that the oldest is worth nothing any more.</summary>
    internal const int Max = 1_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Entry> _out = new(StringComparer.Ordinal);

    /// <param name="person">Whom it lets in; null: somebody new.</param>
    internal Ticket Issue(User? person)
    {
        var token = SessionToken.New();
        lock (_gate)
        {
            ForgetTheLate();
            if (_out.Count == Max)
                _out.RemoveAt(0);
            _out.Add(Key(token), new Entry(person?.Uid, clock.GetTimestamp()));
        }
        return new Ticket(token.Text, clock.GetUtcNow() + Ticket.Lifetime);
    }

    /// <summary>False: never issued, used already, or too late. True once.</summary>
    /// <param name="person">The id outside of whom it lets in; null: somebody new.</param>
    internal bool TryTake(string text, out Guid? person)
    {
        person = null;
        if (SessionToken.Parse(text) is not { } token)
            return false;
        lock (_gate)
        {
            ForgetTheLate();
            if (!_out.Remove(Key(token), out var entry))
                return false;
            person = entry.Person;
            return true;
        }
    }

    /// <summary>By the hash: how long a look-up takes says nothing of the ticket itself.</summary>
    private static string Key(SessionToken token) => Convert.ToHexString(token.Hash);

    private void ForgetTheLate()
    {
        while (_out.Count > 0 && clock.GetElapsedTime(_out.GetAt(0).Value.IssuedAt) >= Ticket.Lifetime)
            _out.RemoveAt(0);
    }

    private readonly record struct Entry(Guid? Person, long IssuedAt);
}
