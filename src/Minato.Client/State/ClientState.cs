namespace Minato.Client;

/// <summary>All that a client remembers: the sum of its changes.</summary>
public sealed class ClientState
{
    private readonly Dictionary<Guid, long> _cursors = [];
    private readonly OrderedDictionary<string, OutboxEntry> _outbox = [];

    /// <summary>The session token, a secret; null at first.</summary>
    public string? Session { get; private set; }

    /// <summary>Whose it is; null: nobody yet.</summary>
    public Guid? You { get; private set; }

    /// <summary>Of each room that is followed, the newest seq that was read.</summary>
    public IReadOnlyDictionary<Guid, long> Cursors => _cursors;

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyCollection<OutboxEntry> Outbox => _outbox.Values;

    public void Apply(StateChange change)
    {
        switch (change)
        {
            case SessionKept kept:
                (Session, You) = (kept.Token, null);
                break;
            case IdentityKept kept:
                You = kept.You;
                break;
            case CursorMoved moved:
                _cursors[moved.Room] = moved.Seq;
                break;
            case CursorForgotten forgotten:
                _cursors.Remove(forgotten.Room);
                break;
            case EntryAdded added:
                _outbox[added.Entry.Cid] = added.Entry;
                break;
            case EntryRemoved removed:
                _outbox.Remove(removed.Cid);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} is no change of a client's state.", nameof(change));
        }
    }

    /// <summary>The fewest changes that make this state.</summary>
    internal IEnumerable<StateChange> Changes()
    {
        if (Session is { } session)
            yield return new SessionKept(session);
        if (You is { } you)
            yield return new IdentityKept(you);
        foreach (var (room, seq) in _cursors)
            yield return new CursorMoved(room, seq);
        foreach (var entry in Outbox)
            yield return new EntryAdded(entry);
    }
}
