namespace Minato.Torture.Running;

/// <summary>Ends when nothing gets on any more: who gets on may go on for as long as it takes.</summary>
/// <param name="within">How long nothing may get on.</param>
internal sealed class Patience(TimeSpan within, TimeProvider time)
{
    private long _progress;
    private long _since = time.GetTimestamp();

    /// <param name="progress">Another number whenever something has got on.</param>
    public bool IsOver(long progress)
    {
        if (progress != _progress)
            (_progress, _since) = (progress, time.GetTimestamp());
        return time.GetElapsedTime(_since) > within;
    }
}
