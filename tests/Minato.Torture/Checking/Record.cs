using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// All that was recorded beside all that is stored, and what every check asks of them. Of a long run the histories are more than memory holds: what is
/// kept of them grows with the log, not with how many saw it, and the clients themselves are read one after the other.
/// </summary>
internal sealed class Record
{
    private readonly IEnumerable<IReadOnlyList<Entry>> _histories;
    private readonly Dictionary<(string Room, long Seq), LogEvent> _events;
    private readonly Dictionary<(string Room, long Seq), Entry> _told = [];
    private readonly Dictionary<(string Room, long Seq, int Node), Entry> _toldBy = [];
    private readonly Dictionary<(string Room, long Seq), string> _texts = [];
    private readonly HashSet<int> _nodes = [];
    private readonly Dictionary<string, Spans> _spans = [];
    private readonly ILookup<string, string> _users;

    /// <param name="histories">What clients wrote, in their order, an actor's in one of them; read again each time they are gone through.</param>
    public Record(IEnumerable<IReadOnlyList<Entry>> histories, StoredLog log)
    {
        (_histories, Log) = (histories, log);
        _events = log.Events.ToDictionary(e => (e.Room, e.Seq));
        var events = log.Events.ToLookup(e => e.Room);
        Rooms = log.Rooms.ToDictionary(r => r.Id, r => (IReadOnlyList<LogEvent>)[.. events[r.Id].OrderBy(e => e.Seq)]);
        _users = log.Events.Select(e => e.User).Distinct().ToLookup(u => u[Math.Max(0, u.Length - 8)..]);
        foreach (var e in log.Events)
            if (e.Text is not null)
                _texts[(e.Room, e.Seq)] = e.Text;
        var shown = new Dictionary<(string Room, long Seq), string>();
        foreach (var entries in Actors)
        {
            (ActorCount, EntryCount) = (ActorCount + 1, EntryCount + entries.Count);
            var (node, moves, sent) = (1, 0, new Dictionary<string, int>());
            foreach (var entry in entries)
            {
                if (entry is Connected connected && connected.Node != node)
                    (node, moves) = (connected.Node, moves + 1);
                _nodes.Add(node);
                if (entry is Sent first)
                    sent[first.Cid] = moves;
                else if (entry is Refused refused && sent.GetValueOrDefault(refused.Cid, moves) != moves)
                    SentElsewhere.Add(refused.Cid);
                Take(entry, node, shown);
            }
        }
        foreach (var (cid, acks) in Acks)
            if (Sent.TryGetValue(cid, out var by) && by[0].Op is "send" or "edit")
                _texts.TryAdd((acks[0].Room, acks[0].Seq), cid);
        foreach (var (at, text) in shown)
            _texts.TryAdd(at, text);
    }

    public StoredLog Log { get; }

    /// <summary>By room, in their order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LogEvent>> Rooms { get; }

    /// <summary>The entries of each, one after the other.</summary>
    public IEnumerable<IReadOnlyList<Entry>> Actors => _histories.SelectMany(h => h.GroupBy(e => e.Actor), (_, actor) => (IReadOnlyList<Entry>)[.. actor]);

    public int ActorCount { get; }

    public int EntryCount { get; }

    /// <summary>The numbers of all servers to which anybody was connected; of the only one, where nobody says so.</summary>
    public List<int> Nodes => [.. _nodes.Order()];

    /// <summary>How often anybody was shown anything.</summary>
    public int Shown { get; private set; }

    /// <summary>Who each client is; those who never did anything that lasts are not here.</summary>
    public Dictionary<string, string> Users { get; } = [];

    /// <summary>Clients who are somebody, but it cannot be told who.</summary>
    public HashSet<string> Unknown { get; } = [];

    public Dictionary<string, List<Sent>> Sent { get; } = [];

    public Dictionary<string, List<Acked>> Acks { get; } = [];

    public Dictionary<string, List<Refused>> Refusals { get; } = [];

    /// <summary>What was refused by one server, after it had been sent to another that did not answer and may have it in hand yet.</summary>
    public HashSet<string> SentElsewhere { get; } = [];

    public Dictionary<string, Typed> Typed { get; } = [];

    public List<Struck> Faults { get; } = [];

    public List<Complained> Complaints { get; } = [];

    public LogEvent? At(string room, long seq) => _events.GetValueOrDefault((room, seq));

    /// <summary>What was written there once, erased or not; null where nobody ever showed it.</summary>
    public string? TextAt(string room, long seq) => _texts.GetValueOrDefault((room, seq));

    /// <summary>By what the first client was told of this event: from then on it is in the log for everybody. Null: nobody was.</summary>
    public Entry? FirstTold(string room, long seq) => _told.GetValueOrDefault((room, seq));

    /// <summary>The same of one server: the others hear of it by the log.</summary>
    public Entry? FirstTold(string room, long seq, int node) => _toldBy.GetValueOrDefault((room, seq, node));

    public bool IsPrivate(string room) => Log.Rooms.Any(r => r.Id == room && r.Kind == RoomKind.Private);

    public Spans SpansIn(string room) => _spans.TryGetValue(room, out var spans) ? spans : _spans[room] = new Spans(Rooms[room]);

    /// <summary>Posts and edits: what has a body.</summary>
    public static bool HasBody(EventKind kind) => kind is EventKind.Posted or EventKind.Edited;

    private void Take(Entry entry, int node, Dictionary<(string Room, long Seq), string> shown)
    {
        Shown += entry is Saw or Held or Line or Heard or Recalled ? 1 : 0;
        if (entry switch { Acked a => (a.Room, a.Seq), Saw s => (s.Room, s.Seq), Heard h => (h.Room, h.Seq), _ => ("", 0L) } is (not "", _) at)
        {
            if (!_told.TryGetValue(at, out var first) || entry.At < first.At)
                _told[at] = entry;
            if (!_toldBy.TryGetValue((at.Item1, at.Item2, node), out first) || entry.At < first.At)
                _toldBy[(at.Item1, at.Item2, node)] = entry;
        }
        if (entry is Saw { Text: not ("-" or "!") } saw && !_texts.ContainsKey((saw.Room, saw.Seq)))
            shown.TryAdd((saw.Room, saw.Seq), saw.Text);
        switch (entry)
        {
            case Began began:
                // What IRC clients know of themselves is not all of it: whom it could be several of, is not known.
                if (began.User.Length > 8)
                    Users[began.Actor] = began.User;
                else if (_users[began.User].Take(2).ToList() is [var user])
                    Users[began.Actor] = user;
                else
                    Unknown.Add(began.Actor);
                break;
            case Sent sent:
                Add(Sent, sent.Cid, sent);
                break;
            case Acked acked:
                Add(Acks, acked.Cid, acked);
                break;
            case Refused refused:
                Add(Refusals, refused.Cid, refused);
                break;
            case Typed typed:
                Typed[typed.Text] = typed;
                break;
            case Struck struck:
                Faults.Add(struck);
                break;
            case Complained complained:
                Complaints.Add(complained);
                break;
        }
    }

    private static void Add<T>(Dictionary<string, List<T>> all, string key, T value)
    {
        if (!all.TryGetValue(key, out var list))
            all.Add(key, list = []);
        list.Add(value);
    }
}
