using System.Buffers;

namespace Minato.Wire.Detection;

/// <summary>Tells from a connection's first bytes what it speaks. Pure: consumes nothing, remembers nothing.</summary>
public static class Detector
{
    /// <summary>
    /// Only so many bytes are looked at, a first line with its LF included: 8 KiB, Kestrel's default bound of a request line.
    /// It also bounds the work when a peer sends single bytes and each arrival asks again.
    /// </summary>
    public const int MaxFirstLine = 8 * 1024;

    private const byte TlsHandshake = 0x16;
    private const byte TlsMajorVersion = 0x03;

    /// <summary>Bytes of two empty lines, with which the signature of a PROXY header begins.</summary>
    private const int BlankLines = 4;

    /// <summary>
    /// Judges all bytes received so far. A verdict other than <see cref="Protocol.Undecided"/> is final: more bytes never change it.
    /// With <paramref name="isEnd"/> (the peer sends no more) the answer is never <see cref="Protocol.Undecided"/>.
    /// </summary>
    public static Protocol Detect(in ReadOnlySequence<byte> bytes, bool isEnd)
    {
        if (bytes.IsEmpty)
            return isEnd ? Protocol.Refused : Protocol.Undecided;

        var seen = bytes.Slice(0, Math.Min(bytes.Length, MaxFirstLine));
        if (seen.FirstSpan[0] == TlsHandshake)
            return DetectTls(seen, isEnd);

        if (IsProxyHeader(seen, out var isSure))
            return isSure ? Protocol.Refused : isEnd ? Protocol.Lines : Protocol.Undecided;

        if (seen.PositionOf((byte)'\n') is { } lineFeed)
            return JudgeLine(seen.Slice(0, lineFeed), isCut: false);

        if (isEnd || seen.Length == MaxFirstLine)
            return JudgeLine(seen, isCut: true);

        return CanOnlyBeText(seen) ? Protocol.Lines : Protocol.Undecided;
    }

    /// <summary>Whether somebody has pressed Enter and said nothing yet: the one silence that is undecided though lines are the likeliest.</summary>
    public static bool IsBlank(in ReadOnlySequence<byte> bytes) => !bytes.IsEmpty && bytes.Length <= BlankLines && IsProxyHeader(bytes, out _);

    /// <summary>
    /// True for a line, without its line end, that no session of lines may post: an HTTP request line, or the registration of an IRC
    /// client in <c>PASS</c>, <c>AUTHENTICATE</c> or <c>CAP</c>, or what begins with <c>PASS</c> and has a colon. The session closes instead, so that a password never becomes a message.
    /// Only in capitals, as clients send them: "pass please" is somebody at a table.
    /// </summary>
    public static bool IsProtocolLine(ReadOnlySpan<byte> line) =>
        HttpRequestLine.IsMatch(line)
        || IrcRegistrationLine.MayHavePassword(line)
        || (IrcRegistrationLine.CommandOf(line) is IrcRegistration.Pass or IrcRegistration.Authenticate or IrcRegistration.Cap
            && (line.IndexOf("PASS "u8) >= 0 || line.IndexOf("AUTHENTICATE "u8) >= 0 || line.IndexOf("CAP "u8) >= 0));

    // TLS record = type:handshake(22) version:major(3) minor length …   https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    private static Protocol DetectTls(in ReadOnlySequence<byte> seen, bool isEnd)
    {
        if (seen.Length == 1)
            return isEnd ? Protocol.Refused : Protocol.Undecided;

        return seen.Slice(1).FirstSpan[0] == TlsMajorVersion ? Protocol.Tls : Protocol.Lines;
    }

    // The header of version 2, from somebody who is no trusted proxy: else it would have been consumed. Its fifth byte is NUL, which nobody types.
    private static bool IsProxyHeader(in ReadOnlySequence<byte> seen, out bool isSure)
    {
        var head = seen.Slice(0, Math.Min(seen.Length, ProxyHeader.Version2Signature.Length));
        Span<byte> bytes = stackalloc byte[(int)head.Length];
        head.CopyTo(bytes);
        isSure = bytes.Length > BlankLines;
        return ProxyHeader.Version2Signature.StartsWith(bytes);
    }

    // isCut: the line ended by the end of input or by the bound, not by an LF. Half an HTTP request is not a message.
    private static Protocol JudgeLine(in ReadOnlySequence<byte> seen, bool isCut)
    {
        Span<byte> copy = stackalloc byte[seen.IsSingleSegment ? 0 : (int)seen.Length];
        if (!seen.IsSingleSegment)
            seen.CopyTo(copy);

        var line = seen.IsSingleSegment ? seen.FirstSpan : copy;
        if (isCut && HttpRequestLine.IsBeginningOfMethod(line))
            return Protocol.Refused;
        if (line.EndsWith("\r"u8))
            line = line[..^1];

        if (ProxyHeader.IsVersion1(line) || (isCut && HttpRequestLine.IsBeginning(line)))
            return Protocol.Refused;
        if (HttpRequestLine.IsMatch(line))
            return line.StartsWith("PRI * HTTP/2"u8) ? Protocol.Http2 : Protocol.Http;

        return IrcRegistrationLine.CommandOf(line) == IrcRegistration.None ? Protocol.Lines : Protocol.Irc;
    }

    // A telnet negotiation (0xFF), a slash command, any script but Latin: known from the first byte or the first word.
    private static bool CanOnlyBeText(in ReadOnlySequence<byte> seen)
    {
        var head = seen.Slice(0, Math.Min(seen.Length, HttpRequestLine.MaxMethod + 1));
        Span<byte> bytes = stackalloc byte[(int)head.Length];
        head.CopyTo(bytes);

        var isTagOrPrefix = bytes[0] is (byte)'@' or (byte)':';
        return !isTagOrPrefix && !HttpRequestLine.MayBegin(bytes) && !IrcRegistrationLine.MayBegin(bytes);
    }
}
