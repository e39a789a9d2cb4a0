namespace Minato.Storage.Writing;

/// <summary>
/// The time for what cannot be undone. A clock that leaps ahead is not believed before it has stayed there for an hour: set wrong by
/// mistake, it would have everything erased. One that goes back is believed at once: then less is too old, and what is erased stays so.
/// </summary>
/// <param name="newest">Asks once for the newest time that is written down, milliseconds since 1970 UTC; 0: none, and the clock is all there is.</param>
internal sealed class PatientClock(TimeProvider clock, Func<long> newest)
{
    /// <summary>More than time zones and slow clocks, less than the shortest retention and a half.</summary>
    internal static readonly TimeSpan MaxLeap = TimeSpan.FromDays(1);

    /// <summary>Time servers correct a clock within minutes, and people who look at one soon after.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private DateTimeOffset? _known;
    private long _at = clock.GetTimestamp();
    private long? _doubtSince;

    /// <summary>Milliseconds since 1970 UTC; null: in doubt, ask again later.</summary>
    internal long? Now
    {
        get
        {
            var now = clock.GetUtcNow();
            _known ??= newest() is var written and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(written) : now;
            if (now - _known - clock.GetElapsedTime(_at) > MaxLeap)
            {
                _doubtSince ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(_doubtSince.Value) < Patience)
                    return null;
            }
            (_known, _at, _doubtSince) = (now, clock.GetTimestamp(), null);
            return now.ToUnixTimeMilliseconds();
        }
    }
}
