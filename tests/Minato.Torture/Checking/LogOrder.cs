using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>The log itself: gapless, its posts numbered without a gap, and its time never goes backwards.</summary>
internal static class LogOrder
{
    public static IEnumerable<Violation> Check(Record record)
    {
        foreach (var room in record.Log.Rooms)
        {
            var events = record.Rooms.GetValueOrDefault(room.Id, []);
            var last = new LogEvent(room.Id, 0, 0, EventKind.Created, "", long.MinValue, 0, null, null, false);
            foreach (var e in events)
            {
                if (e.Seq != last.Seq + 1)
                    yield return new Violation("G3", $"{room.Slug ?? room.Id}: {e.Seq} comes after {last.Seq}.");
                if (e.Post != last.Post + (e.Kind == EventKind.Posted ? 1 : 0))
                    yield return new Violation("G3", $"{room.Slug ?? room.Id}: at {e.Seq} ({e.Kind}) the newest post is {e.Post}, and it was {last.Post}.");
                if (e.Ts < last.Ts)
                    yield return new Violation("G3", $"{room.Slug ?? room.Id}: time goes backwards at {e.Seq}, from {last.Ts} to {e.Ts}.");
                last = e;
            }
            if (last.Seq != room.Head || last.Post != room.Posts)
                yield return new Violation("G3", $"{room.Slug ?? room.Id}: its head is {room.Head} with {room.Posts} posts, its log ends with {last.Seq} and {last.Post}.");
        }
    }
}
