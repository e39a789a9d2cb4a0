using Minato.Core.Files;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Removes files that no message ever brought, a slice at a time and between commits.</summary>
internal sealed class OldFiles(Database db, TimeProvider clock)
{
    /// <summary>Files removed in one slice: rows, their bytes go later.</summary>
    internal const int SliceFiles = 200;

    /// <summary>Between two looks that find nothing more. While something is found, the next slice is due at once.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    // What is removed does not come back: a clock that leapt ahead by mistake must not be believed at once.
    private readonly PatientClock _time = new(clock, () => db.Scalar("select coalesce(max(ts), 0) from room_heads"));
    private readonly Pace _pace = new(clock);

    internal TimeSpan Next => _pace.Left;

    internal void RemoveSomeIfDue()
    {
        if (!_pace.IsDue)
            return;
        // First of all: if anything fails, it is tried again, and not at once.
        _pace.Wait(Rest);
        if (_time.Now is not { } now)
            return;
        db.Statement($"""
            update files set state = {(int)FileState.Removed}
            where id in (select id from files where state = {(int)FileState.Waiting} and at <= ? order by at limit ?)
            """).Bind(1, now - (long)StoredFile.WaitsForMessage.TotalMilliseconds).Bind(2, SliceFiles).Run();
        if (db.Changes > 0)
            _pace.Wait(TimeSpan.Zero);
    }
}
