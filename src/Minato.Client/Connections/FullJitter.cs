namespace Minato.Client;

/// <summary>A random time between 0 and min(30 s, 0.5 s × 2ⁿ), so that a restart is not met by everyone at once.</summary>
internal static class FullJitter
{
    private const double FirstCeiling = 0.5;
    private const double LastCeiling = 30;

    /// <param name="attempt">n, from 0.</param>
    /// <param name="random">From 0 to 1.</param>
    internal static TimeSpan Wait(int attempt, double random) =>
        TimeSpan.FromSeconds(random * Math.Min(LastCeiling, FirstCeiling * Math.Pow(2, Math.Min(attempt, 16))));
}
