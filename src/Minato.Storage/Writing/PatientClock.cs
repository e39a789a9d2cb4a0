namespace Minato.Storage.Writing;

/// <summary>
/// The time for what cannot be undone. A clock that leaps ahead is not believed before it has stayed there for an hour: set wrong by
/// mistake, it would have everything erased. One that goes back is believed at once: then less is too old, and what is erased stays so.
/// </summary>
internal sealed class PatientClock
{
    /// <summary>More than time zones and slow clocks, less than the shortest retention and a half.</summary>
    internal static readonly TimeSpan MaxLeap = TimeSpan.FromDays(1);

    /// <summary>Time servers correct a clock within minutes, and people who look at one soon after.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private DateTimeOffset _known;
    private long _at;
    private long? _doubtSince;

    /// <param name="newest">The newest time that is written down, milliseconds since 1970 UTC; 0: none, and the clock is all there is.</param>
    internal PatientClock(TimeProvider clock, long newest)
    {
        _clock = clock;
        _known = newest == 0 ? clock.GetUtcNow() : DateTimeOffset.FromUnixTimeMilliseconds(newest);
        _at = clock.GetTimestamp();
    }

    /// <summary>Milliseconds since 1970 UTC; null: in doubt, ask again later.</summary>
    internal long? Now
    {
        get
        {
            var now = _clock.GetUtcNow();
            if (now - _known - _clock.GetElapsedTime(_at) > MaxLeap)
            {
                _doubtSince ??= _clock.GetTimestamp();
                if (_clock.GetElapsedTime(_doubtSince.Value) < Patience)
                    return null;
            }
            (_known, _at, _doubtSince) = (now, _clock.GetTimestamp(), null);
            return now.ToUnixTimeMilliseconds();
        }
    }
}
