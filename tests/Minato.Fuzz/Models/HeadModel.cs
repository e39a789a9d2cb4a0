using System.Text;
using System.Text.RegularExpressions;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Fuzz.Models;

/// <summary>The head of an upgrade by regular expressions over the whole text.</summary>
internal static partial class HeadModel
{
    private static readonly string[] Starts = ["GET /ws ", "GET /ws?", "GET /irc ", "GET /irc?"];

    public static (RequestHeadResult Result, List<HttpHeader> Headers) Read(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input[..Math.Min(input.Length, 8192)]);
        var headers = new List<HttpHeader>();
        if (!Starts.Any(s => text.StartsWith(s, StringComparison.Ordinal) || s.StartsWith(text, StringComparison.Ordinal)))
            return (RequestHeadResult.Unusual, headers);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
        {
            if (lines[i] == "\r" && i > 0)
                return (RequestHeadResult.Complete, headers);
            var header = Header().Match(lines[i]);
            if (i == 0 ? !RequestLine().IsMatch(lines[i]) : !header.Success || headers.Count == 64 || IsUnwanted(header.Groups["name"].Value))
                return (RequestHeadResult.Unusual, headers);
            if (i > 0)
                headers.Add(new(header.Groups["name"].Value, header.Groups["value"].Value.Trim(' ', '\t')));
        }
        return (text.Length == 8192 ? RequestHeadResult.Unusual : RequestHeadResult.Incomplete, headers);
    }

    /// <summary>101, or the status of the refusal, at 127.0.0.1 for a server without names of its own that lets guests in.</summary>
    /// <param name="isForIrc">At /irc, not at /ws.</param>
    public static int Judge(List<HttpHeader> headers, bool isForIrc)
    {
        var fields = headers.ToLookup(h => h.Name.ToLowerInvariant(), h => h.Value);
        if (fields["host"].Count() != 1 || !LoopbackHost().IsMatch(fields["host"].First()) || !IsPort(fields["host"].First()))
            return 400;
        if (fields.Any(f => f.Key is "forwarded" or "via" or "x-real-ip" || f.Key.StartsWith("x-forwarded-", StringComparison.Ordinal)))
            return 403;
        if (fields["origin"].Any() && (fields["origin"].Count() > 1 || !IsOwn(fields["origin"].First(), fields["host"].First())))
            return 403;
        if (!Items(fields["connection"]).Contains("upgrade", StringComparer.OrdinalIgnoreCase) || !Items(fields["upgrade"]).Contains("websocket", StringComparer.OrdinalIgnoreCase))
            return 400;
        if (fields["sec-websocket-key"].Count() != 1 || !Key().IsMatch(fields["sec-websocket-key"].First()))
            return 400;
        if (fields["sec-websocket-version"].Count() != 1 || fields["sec-websocket-version"].First() != "13")
            return 426;
        var offered = Items(fields["sec-websocket-protocol"]).Where(p => p.Length > 0).ToList();
        var isSpoken = offered.Contains("text.ircv3.net") || offered.Contains("binary.ircv3.net") || (isForIrc ? offered.Count == 0 : offered.Contains("minato.v1"));
        return isSpoken ? 101 : 426;
    }

    private static IEnumerable<string> Items(IEnumerable<string> lists) => lists.SelectMany(l => l.Split(',')).Select(i => i.Trim(' ', '\t'));

    private static bool IsOwn(string origin, string host) =>
        origin.StartsWith("http://", StringComparison.Ordinal) && IsPort(origin[7..]) && WithPort(origin[7..]) == WithPort(host);

    private static string WithPort(string host) => Port().IsMatch(host) ? $"{host[..host.LastIndexOf(':')]}:{int.Parse(host[(host.LastIndexOf(':') + 1)..])}".ToLowerInvariant() : $"{host}:80".ToLowerInvariant();

    private static bool IsPort(string host) => !Port().IsMatch(host) || (ushort.TryParse(host[(host.LastIndexOf(':') + 1)..], out _));

    private static bool IsUnwanted(string name) => name.ToLowerInvariant() is "content-length" or "transfer-encoding" or "expect" or "trailer" or "te";

    [GeneratedRegex(@"\AGET /(ws|irc)(\?[!-~]*)? HTTP/1\.1\r\z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\A(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+):(?<value>[\t -~]*)\r\z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Header();

    [GeneratedRegex(@"\A(localhost|127(\.(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])){3}|\[::1\])(:[0-9]+)?\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LoopbackHost();

    [GeneratedRegex(@":[0-9]+\z", RegexOptions.None, 10_000)]
    private static partial Regex Port();

    [GeneratedRegex(@"\A[A-Za-z0-9+/]{22}==\z", RegexOptions.None, 10_000)]
    private static partial Regex Key();
}
