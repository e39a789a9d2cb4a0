namespace Minato.Server.Sessions;

/// <summary>A pace: so many at once, then so many a second.</summary>
/// <param name="Burst">Null: no limit.</param>
public readonly record struct Rate(int? Burst, double PerSecond)
{
    public static readonly Rate Unlimited = new(null, 0);
}

/// <summary>Holds one session, or one user over HTTP, to a <see cref="Rate"/>. For one thread at a time.</summary>
internal sealed class TokenBucket(Rate rate, TimeProvider clock)
{
    /// <summary>A sum of pieces may lack that much of a whole.</summary>
    private const double Breath = 1e-9;

    private double _tokens = rate.Burst ?? 0;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a token, or says how long until there is one.</summary>
    internal bool TryTake(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (rate.Burst is not { } burst)
            return true;
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * rate.PerSecond));
        _at = now;
        if (_tokens >= 1 - Breath)
        {
            _tokens--;
            return true;
        }
        // In whole milliseconds, as it is said: whoever waits that long is let through.
        wait = TimeSpan.FromMilliseconds(Math.Ceiling((1 - _tokens - Breath) / rate.PerSecond * 1000));
        return false;
    }
}
