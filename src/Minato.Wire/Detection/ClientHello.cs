using System.Buffers;
using System.Buffers.Binary;

namespace Minato.Wire.Detection;

// record = 22 version(2) length(2) ; handshake = 1 length(3) version(2) random(32) session<1> ciphers<2> compressions<1> extensions<2>
// extension = type(2) data<2> ; ALPN (16) = names<2>, name<1>      https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2, https://www.rfc-editor.org/rfc/rfc7301#section-3.1
/// <summary>What the first message of TLS says of the protocol that is to be spoken inside.</summary>
public enum ClientHello
{
    /// <summary>It is not all there yet.</summary>
    Incomplete,

    /// <summary>It names protocols, and IRC is none of them: a browser, or another program that speaks HTTP. Or it cannot be read.</summary>
    Http,

    /// <summary>It names none, as IRC clients and terminals do, or names <c>irc</c>.</summary>
    Other,
}

public static class ClientHelloReader
{
    /// <summary>Bytes of a record's content: 2^14. A longer hello, in several records, is no IRC client's.</summary>
    private const int MaxRecord = 1 << 14;

    private const int RecordHeader = 5;
    private const int Alpn = 16;

    /// <param name="bytes">From the first byte of the connection on.</param>
    public static ClientHello Read(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        if (bytes.Length < header.Length)
            return ClientHello.Incomplete;
        bytes.Slice(0, RecordHeader).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        if (length > MaxRecord)
            return ClientHello.Http;
        if (bytes.Length < RecordHeader + length)
            return ClientHello.Incomplete;
        return JudgeHello(bytes.Slice(RecordHeader, length).ToArray());
    }

    private static ClientHello JudgeHello(ReadOnlySpan<byte> hello)
    {
        const int fixedPart = 1 + 3 + 2 + 32;
        if (hello.Length < fixedPart || hello[0] != 1)
            return ClientHello.Http;
        var rest = hello[fixedPart..];
        if (!TryTake(ref rest, lengthBytes: 1, out _) || !TryTake(ref rest, lengthBytes: 2, out _) || !TryTake(ref rest, lengthBytes: 1, out _))
            return ClientHello.Http;
        if (rest.IsEmpty)
            return ClientHello.Other;
        if (!TryTake(ref rest, lengthBytes: 2, out var extensions))
            return ClientHello.Http;
        while (extensions.Length >= 2)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, lengthBytes: 2, out var data))
                return ClientHello.Http;
            if (type == Alpn)
                return NamesIrc(data) ? ClientHello.Other : ClientHello.Http;
        }
        return ClientHello.Other;
    }

    private static bool NamesIrc(ReadOnlySpan<byte> data)
    {
        if (!TryTake(ref data, lengthBytes: 2, out var names))
            return false;
        while (TryTake(ref names, lengthBytes: 1, out var name))
            if (name.SequenceEqual("irc"u8))
                return true;
        return false;
    }

    /// <summary>Takes what stands behind its own length.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> bytes, int lengthBytes, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (bytes.Length < lengthBytes)
            return false;
        var length = lengthBytes == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length < lengthBytes + length)
            return false;
        taken = bytes.Slice(lengthBytes, length);
        bytes = bytes[(lengthBytes + length)..];
        return true;
    }
}
