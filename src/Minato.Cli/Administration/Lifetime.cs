using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Minato.Cli.Administration;

/// <summary>How long something lasts, by the calendar: <c>30m</c>, <c>12h</c>, <c>90d</c>.</summary>
internal static class Lifetime
{
    /// <summary>Ten years: what is to last longer is to last for ever.</summary>
    private const int MostDays = 3_650;

    internal static Option<TimeSpan?> Option(string name, string description) => new(name) { Description = description, HelpName = "TIME", CustomParser = Parse };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text) is { } time)
            return time;
        result.AddError($"\"{text}\" is not a time: write 30m, 12h or 90d, up to {MostDays}d.");
        return null;
    }

    internal static TimeSpan? TryParse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var minutes = number * (text[^1] switch { 'm' => 1L, 'h' => 60, 'd' => 24 * 60, _ => 0 });
        return minutes is > 0 and <= MostDays * 24L * 60 ? TimeSpan.FromMinutes(minutes) : null;
    }
}
