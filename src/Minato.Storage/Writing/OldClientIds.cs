using Minato.Core.Storage;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>
/// Forgets client ids after 31 days, a slice of the table at a time and between commits, so that no commit pays for it. A cursor
/// walks the primary key; an index by time would cost every post a page.
/// </summary>
internal sealed class OldClientIds(Database db, TimeProvider clock)
{
    /// <summary>Rows looked at in one slice: well under a millisecond of reading.</summary>
    internal const int SliceRows = 200;

    /// <summary>A day longer than the 30 that are promised and that an outbox lives: its clock is another one, and may have been set meanwhile.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(31);

    /// <summary>Between two slices: 17 million rows a day.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Between the end of the table and starting over.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    // What is forgotten happens again: a clock that leapt ahead by mistake must not be believed at once.
    private readonly PatientClock _time = new(clock, () => db.Scalar("select coalesce(max(ts), 0) from room_heads"));
    private (long User, string Cid) _after = (0, "");
    private long _since = clock.GetTimestamp();
    private TimeSpan _wait = TimeSpan.Zero;

    internal void ForgetSomeIfDue()
    {
        if (clock.GetElapsedTime(_since) < _wait)
            return;
        try
        {
            if (_time.Now is { } now)
                ForgetSome(now - (long)KeptFor.TotalMilliseconds);
            _since = clock.GetTimestamp();
        }
        catch (SqlException e) when (e.Trouble != SqlTrouble.Broken)
        {
            // Nothing was deleted; the slice is tried again.
        }
        catch (SqlException e)
        {
            throw new StoreFailedException($"Old client ids could not be removed ({e.Message}).", e);
        }
    }

    private void ForgetSome(long before)
    {
        var rows = db.Statement("select user_id, cid, claimed_at from client_ids where (user_id, cid) > (?, ?) order by user_id, cid limit ?")
            .Bind(1, _after.User).Bind(2, _after.Cid).Bind(3, SliceRows);
        var (count, old, last) = (0, 0, _after);
        for (; rows.Step(); count++)
        {
            last = (rows.Int64(0), rows.Text(1));
            if (rows.Int64(2) < before)
                old++;
        }
        if (old > 0)
            db.Statement("delete from client_ids where (user_id, cid) > (?, ?) and (user_id, cid) <= (?, ?) and claimed_at < ?")
                .Bind(1, _after.User).Bind(2, _after.Cid).Bind(3, last.User).Bind(4, last.Cid).Bind(5, before).Run();
        (_after, _wait) = count < SliceRows ? ((0, ""), Rest) : (last, Pause);
    }
}
