using System.CommandLine.Parsing;
using System.Globalization;

namespace Minato.Cli;

/// <summary>A time on the command line: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>2h</c>; a bare number is seconds.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    internal static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text) is { } time)
            return time;
        result.AddError($"\"{text}\" is not a time: write 500ms, 60s, 5m or 2h, up to a week.");
        return null;
    }

    internal static TimeSpan? TryParse(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..] switch { "" or "s" => 1.0, "ms" => 0.001, "m" => 60, "h" => 3600, _ => 0 };
        return unit > 0 && double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit is > 0 and var seconds && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
