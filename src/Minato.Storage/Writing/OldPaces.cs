using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Removes the paces of those who are level again, see <see cref="Paces"/>: they may what anybody may who never did it.</summary>
internal sealed class OldPaces(Database db, TimeProvider clock)
{
    /// <summary>Rows removed in one slice: well under a millisecond.</summary>
    internal const int SliceRows = 200;

    /// <summary>Between two slices: 17 million rows a day, more than guests can be made.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks that find less than a slice.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    private readonly Pace _pace = new(clock);

    internal void ForgetSomeIfDue()
    {
        if (!_pace.IsDue)
            return;
        // First of all: if anything fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        db.Statement("delete from paces where (user_id, act) in (select user_id, act from paces where level_at <= ? order by level_at limit ?)")
            .Bind(1, clock.GetUtcNow().ToUnixTimeMilliseconds()).Bind(2, SliceRows).Run();
        if (db.Changes == SliceRows)
            _pace.Wait(Pause);
    }
}
