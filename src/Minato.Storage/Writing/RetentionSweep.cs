using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>
/// Erases what is older than its room keeps it, a slice of one room's log at a time and between commits. A slice and the room's new
/// first seq are one transaction: below it all is gone, from it on all is there, after a kill, too. Of several servers each may do it;
/// whoever comes second finds it done.
/// </summary>
internal sealed class RetentionSweep(Database db, BatchWriter batches, TimeProvider clock)
{
    /// <summary>Events in one slice. At 16 KiB each, 3 MiB are overwritten.</summary>
    internal const int SliceEvents = 200;

    /// <summary>Rooms looked at before others have their turn.</summary>
    internal const int SliceRooms = 100;

    /// <summary>Between two slices: 4,000 events a second, more than a busy server takes in.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Between the last room and starting over; what is counted in days may be a minute late.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly PatientClock _time = new(clock, () => db.Scalar("select coalesce(max(ts), 0) from room_heads"));
    private readonly Pace _pace = new(clock);
    private long _after;

    internal TimeSpan Next => _pace.Left;

    /// <summary>A room may have something that is too old.</summary>
    internal void Hurry()
    {
        _after = 0;
        _pace.Wait(TimeSpan.Zero);
    }

    /// <summary>The room of which a slice was erased, if it is time and there is something.</summary>
    internal Trimmed? TrimSomeIfDue()
    {
        if (!_pace.IsDue)
            return null;
        // First of all: if anything fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        if (_time.Now is not { } now)
            return null;
        if (FindRoom(now) is not { } room)
            return null;
        _pace.Wait(Pause);
        return batches.Maintain(context => Trim(context, room, now));
    }

    /// <summary>The next room whose oldest event is too old; the search goes on from there.</summary>
    private RoomId? FindRoom(long now)
    {
        var rows = db.Statement("""
            select r.id, r.retention_days, e.ts from rooms r
            join room_heads h on h.room_id = r.id
            left join events e on e.room_id = r.id and e.seq = h.first_seq
            where r.retention_days is not null and r.id > ? order by r.id limit ?
            """).Bind(1, _after).Bind(2, SliceRooms);
        var count = 0;
        for (; rows.Step(); count++)
        {
            var room = rows.Int64(0);
            if (rows.Int64OrNull(2) is { } ts && ts < Retention.Cutoff(now, rows.Int64(1)))
            {
                rows.Reset();
                return new RoomId(room);
            }
            _after = room;
        }
        if (count < SliceRooms)
            _after = 0;
        else
            _pace.Wait(Pause);
        return null;
    }

    private Trimmed? Trim(WriteContext context, RoomId id, long now)
    {
        if (context.Room(id) is not { } room)
            return null;
        context.Lock(room);
        // Read behind the lock: another server may have made it longer since.
        if (DaysOf(id) is not { } days || Slice(room.Head, id, Retention.Cutoff(now, days)) is not { } slice)
            return null;
        new Messages(context).Remove(id, room.Head.FirstSeq, slice.FirstSeq);
        context.Trim(room, slice.FirstSeq, slice.Posts);
        return slice;
    }

    private long? DaysOf(RoomId room)
    {
        var row = db.Statement("select retention_days from rooms where id = ?").Bind(1, room.Value);
        var days = row.Step() ? row.Int64OrNull(0) : null;
        row.Reset();
        return days;
    }

    /// <summary>Where the room begins when the next slice is gone. Its times never go backwards, so what is too old comes first.</summary>
    private Trimmed? Slice(RoomHead head, RoomId room, long cutoff)
    {
        var (first, posts) = (head.FirstSeq, head.TrimmedPosts);
        var rows = db.Statement("select seq, post_no from events where room_id = ?1 and seq >= ?2 and seq < ?3 and ts < ?4 order by seq")
            .Bind(1, room.Value).Bind(2, first).Bind(3, first + SliceEvents).Bind(4, cutoff);
        while (rows.Step())
            (first, posts) = (rows.Int64(0) + 1, rows.Int64(1));
        return first > head.FirstSeq ? new Trimmed(room, first, posts) : null;
    }
}
