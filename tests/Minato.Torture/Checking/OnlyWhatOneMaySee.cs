using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>
/// Of a private room nobody is shown what was said while they were not in it; of a public one nobody who is banned is shown anything. Who was in it
/// when is taken from the events, not from the server's own spans.
/// </summary>
internal static class OnlyWhatOneMaySee
{
    public static IEnumerable<Violation> Check(Record record)
    {
        foreach (var room in record.Log.Rooms.Where(r => r.Kind == RoomKind.Private && r.History == HistoryView.Joined))
        {
            var spans = record.SpansIn(room.Id);
            foreach (var (actor, entries) in record.Actors.Where(a => !record.Unknown.Contains(a.Key)))
            {
                var user = record.Users.GetValueOrDefault(actor);
                foreach (var entry in entries)
                    if (SeqOf(entry, room.Id) is { } seq && !spans.Has(user, seq))
                        yield return new Violation("G8", $"{actor} was shown {seq} of {room.Slug}, where it was in {string.Join(", ", spans.Of(user))} only.", entry);
            }
        }
        foreach (var room in record.Log.Rooms.Where(r => r.Kind == RoomKind.Public))
            foreach (var violation in Banned(record, room))
                yield return violation;
    }

    private static IEnumerable<Violation> Banned(Record record, LogRoom room)
    {
        var bans = record.Rooms[room.Id].Where(e => e.Kind == EventKind.Banned).ToList();
        foreach (var ban in bans)
        {
            // Until somebody asked that it be ended.
            var end = record.Rooms[room.Id].FirstOrDefault(e => e.Kind == EventKind.Unbanned && e.Subject == ban.Subject && e.Seq > ban.Seq);
            var endAt = end is null
                ? long.MaxValue
                : record.Acks.Where(a => a.Value[0].Room == room.Id && a.Value[0].Seq == end.Seq && record.Sent.ContainsKey(a.Key)).Select(a => record.Sent[a.Key][0].At).DefaultIfEmpty(0).First();
            foreach (var actor in record.Users.Where(u => u.Value == ban.Subject).Select(u => u.Key))
                foreach (var saw in record.Actors[actor].Where(e => e is Saw or Heard))
                    if (SeqOf(saw, room.Id) is { } seq && seq > ban.Seq && (end is null || seq <= end.Seq) && saw.At < endAt)
                        yield return new Violation("G8", $"{actor} was shown {seq} of {room.Slug}, where it had been banned with {ban.Seq}.", saw);
        }
    }

    private static long? SeqOf(Entry entry, string room) => entry switch
    {
        Saw s when s.Room == room => s.Seq,
        Held h when h.Room == room => h.Seq,
        Heard h when h.Room == room => h.Seq,
        Recalled r when r.Room == room => r.Seq,
        _ => null,
    };
}
