using System.Buffers;
using System.Net;
using System.Text;

namespace Minato.Wire.WebSocket.Handshake;

public enum RequestHeadResult
{
    /// <summary>More bytes are needed; nothing was consumed.</summary>
    Incomplete,

    /// <summary>Not a plain upgrade: leave the bytes, none of which was consumed, to the HTTP server, which knows all of HTTP.</summary>
    Unusual,

    /// <summary>A whole head, which was consumed.</summary>
    Complete,
}

/// <summary>The head of a plain request to upgrade <c>/ws</c> or <c>/irc</c>, parsed without an HTTP server. Holds no memory of the input.</summary>
public sealed class RequestHead
{
    /// <summary>Bytes up to and with the empty line: 8 KiB, some ten times what browsers send.</summary>
    public const int MaxSize = 8 * 1024;

    /// <summary>Browsers send about fifteen.</summary>
    public const int MaxHeaders = 64;

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // A body behind an upgrade, or an answer before it: no client needs them, and two parsers could disagree about them.
    private static readonly string[] Unwanted = ["Content-Length", "Transfer-Encoding", "Expect", "Trailer", "TE"];

    private readonly List<HttpHeader> _headers = [];

    private RequestHead()
    {
    }

    public IReadOnlyList<HttpHeader> Headers => _headers;

    private bool IsForIrc { get; set; }

    public UpgradeRequest ToUpgradeRequest(bool isTls, IPAddress? localAddress) => new("GET", "HTTP/1.1", isTls, localAddress, _headers) { IsForIrc = IsForIrc };

    /// <summary>
    /// Reads what a fresh connection begins with. Says <see cref="RequestHeadResult.Unusual"/> as soon as it is sure,
    /// which for a request of anything else than <c>/ws</c> and <c>/irc</c> is within its first bytes.
    /// </summary>
    // head = "GET " ( "/ws" | "/irc" ) ["?" query] " HTTP/1.1" CRLF *( token ":" OWS value OWS CRLF ) CRLF   https://www.rfc-editor.org/rfc/rfc9112#section-2.1
    public static RequestHeadResult Read(ref ReadOnlySequence<byte> input, out RequestHead? head)
    {
        head = null;
        var seen = input.Slice(0, Math.Min(input.Length, MaxSize));
        Span<byte> copy = stackalloc byte[seen.IsSingleSegment ? 0 : (int)seen.Length];
        if (!seen.IsSingleSegment)
            seen.CopyTo(copy);

        var parsed = new RequestHead();
        var result = parsed.Parse(seen.IsSingleSegment ? seen.FirstSpan : copy, out var size);
        if (result == RequestHeadResult.Incomplete && seen.Length == MaxSize)
            return RequestHeadResult.Unusual;
        if (result != RequestHeadResult.Complete)
            return result;

        head = parsed;
        input = input.Slice(size);
        return result;
    }

    private RequestHeadResult Parse(ReadOnlySpan<byte> bytes, out int size)
    {
        size = 0;
        IsForIrc = MayBegin("GET /irc"u8, bytes);
        if (!IsForIrc && !MayBegin("GET /ws"u8, bytes))
            return RequestHeadResult.Unusual;

        for (var isFirst = true; ; isFirst = false)
        {
            var rest = bytes[size..];
            var lineFeed = rest.IndexOf((byte)'\n');
            if (lineFeed < 0)
                return RequestHeadResult.Incomplete;
            if (lineFeed == 0 || rest[lineFeed - 1] != '\r')
                return RequestHeadResult.Unusual;

            var line = rest[..(lineFeed - 1)];
            size += lineFeed + 1;
            if (line.IsEmpty)
                return RequestHeadResult.Complete;
            if (!(isFirst ? IsRequestLine(line) : TryAddHeader(line)))
                return RequestHeadResult.Unusual;
        }
    }

    private static bool MayBegin(ReadOnlySpan<byte> start, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= start.Length)
            return start.StartsWith(bytes);

        return bytes.StartsWith(start) && bytes[start.Length] is (byte)' ' or (byte)'?';
    }

    private static bool IsRequestLine(ReadOnlySpan<byte> line)
    {
        var target = line["GET ".Length..];
        var space = target.IndexOf((byte)' ');
        return space > 0 && !target[..space].ContainsAnyExceptInRange((byte)'!', (byte)'~') && target[(space + 1)..].SequenceEqual("HTTP/1.1"u8);
    }

    private bool TryAddHeader(ReadOnlySpan<byte> line)
    {
        // A line that begins with white space (obs-fold) has no name and so falls here, too.
        var colon = line.IndexOf((byte)':');
        if (colon < 1 || _headers.Count == MaxHeaders || line[..colon].ContainsAnyExcept(TokenBytes))
            return false;

        var name = Encoding.ASCII.GetString(line[..colon]);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (!IsVisible(value) || Unwanted.Contains(name, StringComparer.OrdinalIgnoreCase))
            return false;

        _headers.Add(new(name, Encoding.ASCII.GetString(value)));
        return true;
    }

    private static bool IsVisible(ReadOnlySpan<byte> value)
    {
        foreach (var b in value)
        {
            if (b is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\t'))
                return false;
        }

        return true;
    }
}
