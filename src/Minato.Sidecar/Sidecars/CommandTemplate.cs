using System.Text.RegularExpressions;

namespace Minato.Sidecar;

/// <summary>Placeholders in arguments and variables: <c>{port}</c>, <c>{host}</c>, <c>{url}</c>, <c>{fd}</c>, <c>{ready_file}</c>; doubled braces stand for themselves.</summary>
internal static partial class CommandTemplate
{
    /// <summary>Whether any of the texts asks for it.</summary>
    public static bool AsksFor(string name, IEnumerable<string?> texts) =>
        texts.Any(t => t is not null && Placeholder().Matches(t).Any(m => m.Groups["name"].Value == name));

    /// <param name="values">What is known; a placeholder without a value is an error of whoever wrote it.</param>
    /// <exception cref="ArgumentException">There is no value for one.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) => Placeholder().Replace(text, match =>
        !match.Groups["name"].Success ? match.Value[1..^1]
        : values[match.Groups["name"].Value] ?? throw new ArgumentException($"{match.Value} stands in the command, but there is none with this hand-off."));

    // Doubled first, so that {{port}} is never read as {port} in braces.
    [GeneratedRegex(@"\{\{(?:port|host|url|fd|ready_file)\}\}|\{(?<name>port|host|url|fd|ready_file)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
