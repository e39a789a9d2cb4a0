using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Removes reports when nobody needs the copy in them any more, a slice at a time and between commits.</summary>
internal sealed class OldReports(Database db, TimeProvider clock)
{
    /// <summary>After it was resolved: time to come back to it, and as long as Facebook takes to remove a deleted account.</summary>
    internal static readonly TimeSpan KeptResolved = TimeSpan.FromDays(90);

    /// <summary>Though nobody ever looked at it: what somebody deleted is not kept for ever because another reported it.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Reports removed in one slice, of each kind. At 16 KiB each, 3 MiB are overwritten.</summary>
    internal const int SliceReports = 100;

    /// <summary>Between two looks that find nothing more. While something is found, the next slice is due at once.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    // What is removed does not come back: a clock that leapt ahead by mistake must not be believed at once.
    private readonly PatientClock _time = new(clock, () => db.Scalar("select coalesce(max(ts), 0) from room_heads"));
    private readonly Pace _pace = new(clock);

    internal TimeSpan Next => _pace.Left;

    /// <summary>Whether any was there to remove.</summary>
    internal bool RemoveSomeIfDue()
    {
        if (!_pace.IsDue)
            return false;
        // First of all: if anything fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        if (_time.Now is not { } now)
            return false;
        var removed = Remove("resolved_at", now - (long)KeptResolved.TotalMilliseconds) + Remove("at", now - (long)Kept.TotalMilliseconds);
        if (removed > 0)
            _pace.Wait(TimeSpan.Zero);
        return removed > 0;
    }

    private int Remove(string time, long upTo)
    {
        db.Statement($"delete from reports where id in (select id from reports where {time} <= ? order by {time} limit ?)")
            .Bind(1, upTo).Bind(2, SliceReports).Run();
        return db.Changes;
    }
}
