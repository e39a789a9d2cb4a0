using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>
/// Removes the bodies of messages that were erased all at once, a slice of the room at a time and between commits. It walks the
/// messages by their primary key; an index by author would cost every post a page.
/// </summary>
internal sealed class ErasureSweep(Database db, BatchWriter batches, TimeProvider clock)
{
    /// <summary>Messages looked at in one slice: a few milliseconds.</summary>
    internal const int SliceLooks = 2_000;

    /// <summary>Messages erased in one slice. At 16 KiB each, 3 MiB are overwritten.</summary>
    internal const int SliceMessages = 200;

    /// <summary>Between two slices: 40,000 messages looked at, or 4,000 erased, a second.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two looks for what another server was killed over.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Pace _pace = new(clock);

    internal TimeSpan Next => _pace.Left;

    /// <summary>There is something to do.</summary>
    internal void Hurry() => _pace.Wait(TimeSpan.Zero);

    /// <summary>Whether a slice was erased.</summary>
    internal bool EraseSomeIfDue()
    {
        if (!_pace.IsDue)
            return false;
        // First of all: if anything fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        if (Find() is not { } job)
            return false;
        _pace.Wait(Pause);
        return batches.Maintain(context => Erase(context, job));
    }

    private Job? Find()
    {
        var row = db.Statement(
            "select room_id, user_id, up_to_seq, seq, ts from erasures where after_seq < up_to_seq order by room_id, user_id, up_to_seq limit 1");
        Job? job = row.Step()
            ? new Job(new RoomId(row.Int64(0)), new UserId(row.Int64(1)), row.Int64(2), row.Int64(3), row.Int64(4))
            : null;
        row.Reset();
        return job;
    }

    private bool Erase(WriteContext context, Job job)
    {
        if (context.Room(job.Room) is not { } room)
            return false;
        context.Lock(room);
        // Read behind the lock: another server may have got further, or be done.
        if (AfterSeq(job) is not { } after || after >= job.UpTo)
            return false;
        var end = EndOfSlice(job, after);
        new Messages(context).EraseAll(job.Room, job.User, after, end, job.Seq, job.Ts);
        Of("update erasures set after_seq = ?4 where room_id = ?1 and user_id = ?2 and up_to_seq = ?3", job).Bind(4, end).Run();
        if (end == job.UpTo)
            Of("delete from erasures where room_id = ?1 and user_id = ?2 and up_to_seq < ?3 and after_seq >= up_to_seq", job).Run();
        return true;
    }

    private long? AfterSeq(Job job)
    {
        var row = Of("select after_seq from erasures where room_id = ?1 and user_id = ?2 and up_to_seq = ?3", job);
        long? after = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return after;
    }

    /// <summary>The last seq of the slice that begins after another.</summary>
    private long EndOfSlice(Job job, long after)
    {
        var rows = db.Statement("select seq, user_id from messages where room_id = ? and seq > ? and seq <= ? order by seq limit ?")
            .Bind(1, job.Room.Value).Bind(2, after).Bind(3, job.UpTo).Bind(4, SliceLooks);
        var (looks, own, last) = (0, 0, after);
        while (own < SliceMessages && rows.Step())
        {
            (looks, last) = (looks + 1, rows.Int64(0));
            if (rows.Int64(1) == job.User.Value)
                own++;
        }
        rows.Reset();
        return looks < SliceLooks && own < SliceMessages ? job.UpTo : last;
    }

    private Statement Of(string sql, Job job) =>
        db.Statement(sql).Bind(1, job.Room.Value).Bind(2, job.User.Value).Bind(3, job.UpTo);

    private readonly record struct Job(RoomId Room, UserId User, long UpTo, long Seq, long Ts);
}
