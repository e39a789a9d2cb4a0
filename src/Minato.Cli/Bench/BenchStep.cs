namespace Minato.Cli.Bench;

/// <summary>What came of so many posts under way in each room. Rates are of a second.</summary>
/// <param name="Half">Half of all deliveries came within this time of the post; <paramref name="Most"/>: 99 of 100; null where none came.</param>
/// <param name="Refused">Posts a second that the server told to come again later.</param>
/// <param name="Processors">Of the server, busy; null where that is not known, as <paramref name="ResidentBytes"/>.</param>
internal sealed record BenchStep(int Window, double Posts, double Deliveries, TimeSpan? Half, TimeSpan? Most, double Refused, double? Processors, long? ResidentBytes);
