using System.Text;
using Minato.Wire.Irc;

namespace Minato.Fuzz.Models;

/// <summary>IRC's message format over all bytes at once, with strings: lines, then limits, then words.</summary>
internal static class IrcModel
{
    public static List<string> Read(byte[] input)
    {
        var messages = new List<string>();
        var start = 0;
        for (var i = 0; i <= input.Length; i++)
        {
            if (i - start > IrcLimits.Endless)
            {
                messages.Add("Endless");
                return messages;
            }
            if (i == input.Length || input[i] is not ((byte)'\r' or (byte)'\n'))
                continue;
            if (Line(input[start..i]) is { } message)
                messages.Add(message);
            start = i + 1;
        }
        return messages;
    }

    private static string? Line(byte[] line)
    {
        if (line.Length == 0)
            return null;
        var hasTags = line[0] == '@';
        var space = Array.IndexOf(line, (byte)' ');
        var tags = !hasTags ? 0 : space < 0 ? line.Length : space;
        var rest = !hasTags ? line.Length : space < 0 ? 0 : line.Length - space - 1;
        if (tags > 4095 || rest > 510)
            return "TooLong";
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return "NotText";
        }
        return text.Contains('\0') ? "NotText" : Words(text);
    }

    private static string? Words(string text)
    {
        var words = new List<string>();
        var rest = text;
        if (rest.StartsWith('@'))
            rest = rest.Contains(' ') ? rest[rest.IndexOf(' ')..] : "";
        rest = rest.TrimStart(' ');
        if (rest.StartsWith(':'))
            rest = (rest.Contains(' ') ? rest[rest.IndexOf(' ')..] : "").TrimStart(' ');
        while (rest.Length > 0 && words.Count <= 15)
        {
            // A colon before the first word belongs to it: there is no text without a command.
            if (words.Count > 0 && rest[0] == ':')
            {
                words.Add(rest[1..]);
                break;
            }
            var end = rest.IndexOf(' ');
            words.Add(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart(' ');
        }
        if (words.Count == 0)
            return null;
        words[0] = words[0].ToUpperInvariant();
        return string.Join('\u0001', words);
    }
}
