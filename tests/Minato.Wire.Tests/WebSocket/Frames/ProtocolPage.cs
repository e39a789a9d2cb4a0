using System.Text.RegularExpressions;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>docs/protocols/websocket.md, as far as a machine reads it: its tables and the frames in it.</summary>
internal static partial class ProtocolPage
{
    private static readonly string Text = File.ReadAllText(Corpus.Find("docs", "protocols", "websocket.md"));

    /// <summary>Every op of a frame that is written out.</summary>
    public static IEnumerable<string> Ops => Matches(Op(), Text);

    public static IEnumerable<string> EphemeralTypes => Matches(EphemeralType(), Text);

    /// <summary>Fields of the frames that are written out.</summary>
    public static IEnumerable<string> FieldsOfFrames => Matches(Field(), Text);

    /// <summary>Words in code: fields, types and codes, in tables and in sentences.</summary>
    public static IEnumerable<string> Words => Matches(Word(), Text).Concat(FieldsOfFrames);

    /// <summary>The words in code of a table's first column.</summary>
    public static IEnumerable<string> FirstColumn(string section) => Rows(section).SelectMany(cell => Matches(Word(), cell));

    public static IEnumerable<string> CloseCodes => Rows("Errors").SelectMany(cell => Matches(Number(), cell));

    private static IEnumerable<string> Rows(string section)
    {
        var begin = Text.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"The page has no section {section}.");
        var end = Text.IndexOf("\n## ", begin + 4, StringComparison.Ordinal);
        return Text[begin..(end < 0 ? Text.Length : end)].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1]);
    }

    private static List<string> Matches(Regex regex, string text) => [.. regex.Matches(text).Select(m => m.Groups["it"].Value).Distinct()];

    [GeneratedRegex("""\{"op":"(?<it>\w+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Op();

    [GeneratedRegex("""\{"op":"eph","type":"(?<it>\w+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex EphemeralType();

    [GeneratedRegex("""(?<![\w\\])"(?<it>\w+)":""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Field();

    [GeneratedRegex("""`"?(?<it>[A-Za-z_]+)"?(:[^`]*)?`""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex("""\b(?<it>[1-4][0-9]{3})\b""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Number();
}
