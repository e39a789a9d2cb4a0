using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Removes reports when nobody needs the copy in them any more.</summary>
internal sealed class OldReports(Database db, TimeProvider clock)
{
    /// <summary>After it was resolved: time to ask again, and what X and Meta keep of deleted accounts, too.</summary>
    internal static readonly TimeSpan KeptResolved = TimeSpan.FromDays(90);

    /// <summary>Though nobody ever looked at it: what somebody deleted is not kept for ever because another reported it.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Between two looks.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // What is removed does not come back: a clock that leapt ahead by mistake must not be believed at once.
    private readonly PatientClock _time = new(clock, () => db.Scalar("select coalesce(max(ts), 0) from room_heads"));
    private readonly Pace _pace = new(clock);

    /// <summary>Whether any was there to remove.</summary>
    internal bool RemoveIfDue()
    {
        if (!_pace.IsDue)
            return false;
        _pace.Wait(Pause);
        if (_time.Now is not { } now)
            return false;
        db.Statement("delete from reports where resolved_at <= ? or at <= ?")
            .Bind(1, now - (long)KeptResolved.TotalMilliseconds).Bind(2, now - (long)Kept.TotalMilliseconds).Run();
        return db.Changes > 0;
    }
}
