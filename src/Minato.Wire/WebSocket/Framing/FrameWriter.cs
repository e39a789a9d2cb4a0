using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Minato.Wire.WebSocket.Framing;

/// <summary>Writes a server's frames: unmasked, unfragmented, without extensions.</summary>
public static class FrameWriter
{
    /// <summary>The largest <see cref="HeaderSize"/>: reserve so much, encode behind it, and write the header right before the payload.</summary>
    public const int MaxHeaderSize = 10;

    private const byte Final = 0x80;
    private const int CodeSize = 2;
    private const int MaxReason = FrameHeader.MaxControlPayload - CodeSize;

    /// <summary>2, 4 or 10 bytes.</summary>
    public static int HeaderSize(int payloadLength) => payloadLength switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 };

    /// <summary>Writes the <see cref="HeaderSize"/> bytes that stand before a payload of this length, and says how many they are.</summary>
    // header = FIN:1 RSV:3 opcode:4 MASK:1 length:7 [length:16 | length:64]   https://www.rfc-editor.org/rfc/rfc6455#section-5.2
    public static int WriteHeader(Span<byte> destination, Opcode opcode, int payloadLength)
    {
        var size = HeaderSize(payloadLength);
        destination[0] = (byte)(Final | (int)opcode);
        switch (size)
        {
            case 2:
                destination[1] = (byte)payloadLength;
                break;
            case 4:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                break;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], payloadLength);
                break;
        }

        return size;
    }

    public static void WriteHeader(IBufferWriter<byte> output, Opcode opcode, int payloadLength) =>
        output.Advance(WriteHeader(output.GetSpan(MaxHeaderSize), opcode, payloadLength));

    /// <summary>A text frame of what must be valid UTF-8: it is not checked again.</summary>
    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8) => Write(output, Opcode.Text, utf8);

    public static void WriteBinary(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => Write(output, Opcode.Binary, payload);

    /// <summary>A ping of at most 125 bytes; more throws.</summary>
    public static void WritePing(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Ping, payload);

    /// <summary>The answer to a ping, with that ping's own payload.</summary>
    public static void WritePong(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Pong, payload);

    /// <summary>
    /// A close frame. <see cref="CloseCode.NoStatus"/> writes an empty one, as the answer to an empty one; any other code that must not
    /// be sent throws. A reason over 123 bytes of UTF-8 is cut before the character that does not fit.
    /// </summary>
    public static void WriteClose(IBufferWriter<byte> output, int code, string reason = "")
    {
        if (code == CloseCode.NoStatus)
        {
            WriteControl(output, Opcode.Close, []);
            return;
        }

        if (!CloseCode.MayBeSent(code))
            throw new ArgumentOutOfRangeException(nameof(code), code, "This close code must not be sent.");

        Span<byte> payload = stackalloc byte[FrameHeader.MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetEncoder().Convert(reason, payload.Slice(CodeSize, MaxReason), flush: true, out _, out var written, out _);
        WriteControl(output, Opcode.Close, payload[..(CodeSize + written)]);
    }

    private static void WriteControl(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxControlPayload, nameof(payload));
        Write(output, opcode, payload);
    }

    private static void Write(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        WriteHeader(output, opcode, payload.Length);
        output.Write(payload);
    }
}
