using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>Who was in a room from when to when. Taken from its events, not from the server's own spans.</summary>
internal sealed class Spans
{
    private readonly Dictionary<string, List<(long From, long To)>> _spans = [];

    public Spans(IReadOnlyList<LogEvent> events)
    {
        foreach (var e in events)
            switch (e.Kind)
            {
                case EventKind.Created or EventKind.Joined:
                    if (!_spans.TryGetValue(e.User, out var own))
                        _spans.Add(e.User, own = []);
                    own.Add((e.Seq, long.MaxValue));
                    break;
                case EventKind.Left or EventKind.Kicked or EventKind.Banned:
                    if (_spans.TryGetValue(e.Kind == EventKind.Left ? e.User : e.Subject!, out var ended) && ended[^1].To == long.MaxValue)
                        ended[^1] = (ended[^1].From, e.Seq);
                    break;
            }
    }

    /// <param name="user">Null: nobody.</param>
    public IReadOnlyList<(long From, long To)> Of(string? user) => user is null ? [] : _spans.GetValueOrDefault(user, []);

    public bool Has(string? user, long seq)
    {
        foreach (var (from, to) in Of(user))
            if (from <= seq && seq <= to)
                return true;
        return false;
    }
}
