namespace Minato.Storage.Writing;

/// <summary>When something is due again, by a clock that only goes forward. At once, at first.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private long _since = clock.GetTimestamp();
    private TimeSpan _wait = TimeSpan.Zero;

    internal bool IsDue => Left == TimeSpan.Zero;

    internal TimeSpan Left
    {
        get
        {
            var left = _wait - clock.GetElapsedTime(_since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    internal void Wait(TimeSpan wait) => (_since, _wait) = (clock.GetTimestamp(), wait);
}
