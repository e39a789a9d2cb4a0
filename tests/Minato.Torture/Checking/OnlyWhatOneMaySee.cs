using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// Of a private room nobody is shown what was said while they were not in it; of a public one nobody who is banned is shown anything. Who was in it
/// when is taken from the events, not from the server's own spans.
/// </summary>
internal sealed class OnlyWhatOneMaySee(Record record) : IClientCheck
{
    private readonly Dictionary<string, LogRoom> _private = record.Log.Rooms.Where(r => r.Kind == RoomKind.Private && r.History == HistoryView.Joined).ToDictionary(r => r.Id);

    private readonly ILookup<(string Room, string User), Ban> _bans = record.Log.Rooms.Where(r => r.Kind == RoomKind.Public)
        .SelectMany(r => Bans(record, r)).ToLookup(b => (b.Room.Id, b.User));

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        var actor = entries[0].Actor;
        if (record.Unknown.Contains(actor))
            yield break;
        var user = record.Users.GetValueOrDefault(actor);
        foreach (var entry in entries)
        {
            if (Place(entry) is not var (id, seq))
                continue;
            if (_private.TryGetValue(id, out var room) && !record.SpansIn(id).Has(user, seq))
                yield return new Violation("G8", $"{actor} was shown {seq} of {room.Slug}, where it was in {string.Join(", ", record.SpansIn(id).Of(user))} only.", entry);
            if (user is not null && entry is Saw or Heard)
                foreach (var ban in _bans[(id, user)])
                    if (seq > ban.From && seq <= ban.To && entry.At < ban.EndAt)
                        yield return new Violation("G8", $"{actor} was shown {seq} of {ban.Room.Slug}, where it had been banned with {ban.From}.", entry);
        }
    }

    private static IEnumerable<Ban> Bans(Record record, LogRoom room)
    {
        var events = record.Rooms[room.Id];
        var asked = record.Acks.Where(a => a.Value[0].Room == room.Id && record.Sent.ContainsKey(a.Key)).ToLookup(a => a.Value[0].Seq, a => record.Sent[a.Key][0].At);
        var ends = events.Where(e => e.Kind == EventKind.Unbanned).ToLookup(e => e.Subject!);
        foreach (var ban in events.Where(e => e.Kind == EventKind.Banned))
        {
            // Until somebody asked that it be ended.
            var end = ends[ban.Subject!].FirstOrDefault(e => e.Seq > ban.Seq);
            yield return new Ban(room, ban.Subject!, ban.Seq, end?.Seq ?? long.MaxValue, end is null ? long.MaxValue : asked[end.Seq].FirstOrDefault());
        }
    }

    private static (string Room, long Seq)? Place(Entry entry) => entry switch
    {
        Saw s => (s.Room, s.Seq),
        Held h => (h.Room, h.Seq),
        Heard h => (h.Room, h.Seq),
        Recalled r => (r.Room, r.Seq),
        _ => null,
    };

    /// <param name="EndAt">When it was asked for the end.</param>
    private sealed record Ban(LogRoom Room, string User, long From, long To, long EndAt);
}
