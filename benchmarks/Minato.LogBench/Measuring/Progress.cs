using System.Diagnostics;

namespace Minato.LogBench.Measuring;

/// <summary>What is going on, on stderr; stdout is for results.</summary>
internal static class Progress
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    internal static void Say(string what) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(Start).TotalSeconds,6:0.0}s  {what}");
}
