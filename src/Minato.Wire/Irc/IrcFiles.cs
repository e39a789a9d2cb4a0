using System.Globalization;
using System.Text;
using Minato.Core.Files;

namespace Minato.Wire.Irc;

// link = [ '!' ] '[' name '](' path [ '#' ( 'bytes=' size | width 'x' height ) ] ')'   docs/protocols/http.md#files
/// <summary>The files that a message brings, for people who are shown no Markdown: <c>name (12 KB) https://…</c>.</summary>
public static class IrcFiles
{
    private const string Middle = "](" + FileLinks.Prefix;

    private static ReadOnlySpan<byte> MiddleUtf8 => "](/api/v1/files/"u8;

    /// <param name="origin">Where this server is reached: what stands before a path.</param>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> body, string origin)
    {
        // Nearly every message: no file, and nothing allocated.
        if (body.IndexOf(MiddleUtf8) < 0)
            return body;
        var text = Encoding.UTF8.GetString(body);
        var plain = new StringBuilder(text.Length);
        var next = 0;
        for (var middle = text.IndexOf(Middle, StringComparison.Ordinal); middle >= 0; middle = text.IndexOf(Middle, middle + 1, StringComparison.Ordinal))
        {
            var open = OpeningOf(text, next, middle);
            var close = text.AsSpan(middle).IndexOfAny(" \n)");
            if (open < 0 || close < 0 || text[middle + close] != ')')
                continue;
            var isImage = open > next && text[open - 1] == '!';
            plain.Append(text, next, open - next - (isImage ? 1 : 0));
            Append(plain, text[(open + 1)..middle], text[(middle + 2)..(middle + close)], origin);
            next = middle + close + 1;
        }
        plain.Append(text, next, text.Length - next);
        return Encoding.UTF8.GetBytes(plain.ToString());
    }

    /// <summary>Where the name begins that ends at <paramref name="middle"/>; below zero: nowhere in this line.</summary>
    private static int OpeningOf(string text, int from, int middle)
    {
        for (var at = middle - 1; at >= from && text[at] != '\n'; at--)
            if (text[at] == '[' && (at == from || text[at - 1] != '\\'))
                return at;
        return -1;
    }

    private static void Append(StringBuilder plain, string name, string path, string origin)
    {
        var hash = path.IndexOf('#');
        plain.Append(Unescaped(name));
        if (hash >= 0 && SizeOf(path[(hash + 1)..]) is { } size)
            plain.Append(" (").Append(size).Append(')');
        plain.Append(' ').Append(origin).Append(hash < 0 ? path : path[..hash]);
    }

    private static string? SizeOf(string fragment)
    {
        if (!fragment.StartsWith("bytes=", StringComparison.Ordinal))
            return fragment.Length > 0 && fragment.All(c => char.IsAsciiDigit(c) || c == 'x') ? fragment.Replace('x', '×') : null;
        return long.TryParse(fragment.AsSpan("bytes=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? Rounded(bytes) : null;
    }

    private static string Rounded(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>A backslash before a sign of Markdown is no part of the name.</summary>
    private static string Unescaped(string name)
    {
        var plain = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
            plain.Append(name[i] == '\\' && i + 1 < name.Length && char.IsAsciiLetterOrDigit(name[i + 1]) is false ? name[++i] : name[i]);
        return plain.ToString();
    }
}
