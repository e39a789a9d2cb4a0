using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace Minato.Wire.Detection;

// https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
/// <summary>What a proxy says of the connection it carries, before that connection's own bytes. Pure; both versions, told apart by their first byte.</summary>
public static class ProxyHeader
{
    /// <summary>Bytes of a header of version 1, its CRLF included: the specification's own bound.</summary>
    public const int MaxVersion1 = 107;

    /// <summary>Bytes behind the first 16 of a header of version 2: the addresses need 36, the rest are extensions, some hundred where TLS ended at the proxy.</summary>
    public const int MaxVersion2Rest = 2048;

    private const int Version2Start = 16;
    private const int Tcp4Rest = 12;
    private const int Tcp6Rest = 36;

    internal static ReadOnlySpan<byte> Version2Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header that a connection begins with.</summary>
    /// <param name="source">
    /// Whose connection it is, when the result is <see cref="ProxyHeaderResult.Complete"/>. Null: the proxy's own (a health check), or it does not
    /// know, or it is no TCP.
    /// </param>
    public static ProxyHeaderResult Read(ref ReadOnlySequence<byte> input, out IPEndPoint? source)
    {
        source = null;
        var head = input.Slice(0, Math.Min(input.Length, MaxVersion1));
        Span<byte> bytes = stackalloc byte[(int)head.Length];
        head.CopyTo(bytes);
        if (bytes.IsEmpty)
            return ProxyHeaderResult.Incomplete;

        long size;
        var result = bytes[0] == Version2Signature[0] ? ReadVersion2(bytes, input.Length, out size, out source) : ReadVersion1(bytes, out size, out source);
        if (result == ProxyHeaderResult.Complete)
            input = input.Slice(size);
        return result;
    }

    /// <summary>Whether a line is a header of version 1, right or wrong. "PROXY me to the meeting" is a sentence.</summary>
    internal static bool IsVersion1(ReadOnlySpan<byte> line) =>
        line.StartsWith("PROXY TCP4 "u8) || line.StartsWith("PROXY TCP6 "u8) || line.SequenceEqual("PROXY UNKNOWN"u8) || line.StartsWith("PROXY UNKNOWN "u8);

    // header = "PROXY UNKNOWN" *OCTET CRLF | "PROXY TCP" ("4" | "6") SP source SP destination SP source-port SP destination-port CRLF
    private static ProxyHeaderResult ReadVersion1(ReadOnlySpan<byte> bytes, out long size, out IPEndPoint? source)
    {
        (size, source) = (0, null);
        if (!MayBeVersion1(bytes))
            return ProxyHeaderResult.Absent;

        var lineFeed = bytes.IndexOf((byte)'\n');
        if (lineFeed < 0)
            return bytes.Length < MaxVersion1 ? ProxyHeaderResult.Incomplete : ProxyHeaderResult.Malformed;

        size = lineFeed + 1;
        var line = bytes[..lineFeed];
        if (!line.EndsWith("\r"u8))
            return ProxyHeaderResult.Malformed;

        line = line[..^1];
        if (!IsVersion1(line))
            return ProxyHeaderResult.Malformed;
        if (line.StartsWith("PROXY UNKNOWN"u8))
            return ProxyHeaderResult.Complete;
        return ProxyAddresses.TryRead(line["PROXY TCP4 ".Length..], isVersion6: line[9] == '6', out source) ? ProxyHeaderResult.Complete : ProxyHeaderResult.Malformed;
    }

    private static bool MayBeVersion1(ReadOnlySpan<byte> bytes) =>
        IsStart("PROXY TCP4 "u8, bytes) || IsStart("PROXY TCP6 "u8, bytes) || IsStart("PROXY UNKNOWN"u8, bytes);

    private static bool IsStart(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> bytes) =>
        bytes.Length < expected.Length ? expected.StartsWith(bytes) : bytes.StartsWith(expected);

    // header = signature(12) version:4(2) command:4(0 LOCAL, 1 PROXY) family:4 transport:4 length:16 addresses extensions
    private static ProxyHeaderResult ReadVersion2(ReadOnlySpan<byte> bytes, long available, out long size, out IPEndPoint? source)
    {
        (size, source) = (0, null);
        if (!IsStart(Version2Signature, bytes))
            return ProxyHeaderResult.Absent;
        if (bytes.Length < Version2Start)
            return ProxyHeaderResult.Incomplete;

        var rest = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        var isTcp4 = bytes[13] == 0x11;
        var isTcp6 = bytes[13] == 0x21;
        if (bytes[12] is not (0x20 or 0x21) || rest > MaxVersion2Rest || (isTcp4 && rest < Tcp4Rest) || (isTcp6 && rest < Tcp6Rest))
            return ProxyHeaderResult.Malformed;

        size = Version2Start + rest;
        if (available < size)
            return ProxyHeaderResult.Incomplete;
        if (bytes[12] == 0x21 && (isTcp4 || isTcp6))
            source = ProxyAddresses.Read(bytes[Version2Start..], isTcp6);
        return ProxyHeaderResult.Complete;
    }
}
