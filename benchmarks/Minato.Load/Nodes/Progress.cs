using System.Diagnostics;
using System.Globalization;

namespace Minato.Load.Nodes;

/// <summary>What is going on, on stderr; stdout is for results.</summary>
internal static class Progress
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    internal static void Say(FormattableString what) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(Start).TotalSeconds,6:0.0}s  {what.ToString(CultureInfo.InvariantCulture)}"));
}
