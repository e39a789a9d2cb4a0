using System.Text;
using System.Text.RegularExpressions;

namespace Minato.Fuzz.Models;

/// <summary>Whether a first line is a request's, or the beginning of one that was cut off; null: neither.</summary>
internal static partial class HttpLineModel
{
    private const int Most = 8 * 1024;

    private static readonly string[] Methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "PATCH ", "OPTIONS ", "CONNECT ", "TRACE ", "PRI "];

    public static bool? IsWhole(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input[..Math.Min(input.Length, Most)]);
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        line = line.EndsWith('\r') ? line[..^1] : line;
        var isWhole = Whole().IsMatch(line);
        return end >= 0 ? isWhole ? true : null : isWhole || Beginning().IsMatch(line) || (text.Length > 0 && Methods.Any(m => m.StartsWith(text, StringComparison.Ordinal))) ? false : null;
    }

    [GeneratedRegex(@"\A[A-Z][A-Z-]{0,19} [^ ]+ HTTP/[0-9]", RegexOptions.None, 10_000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[A-Z][A-Z-]{0,19} /[^ ]*( (|H|HT|HTT|HTTP|HTTP/.*))?\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Beginning();
}
