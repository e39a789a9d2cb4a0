using System.Buffers;
using System.Buffers.Binary;

namespace Minato.Wire.WebSocket.Framing;

// frame = FIN:1 RSV:3 opcode:4 MASK:1 length:7 [length:16 | length:64] masking-key:32 payload
// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
/// <summary>The header of a client's frame, held against the rules as far as it has arrived.</summary>
internal readonly record struct FrameHeader(bool IsFinal, Opcode Opcode, long PayloadLength, int Size, uint Key)
{
    public const int MaxControlPayload = 125;

    private const int MaxSize = 14;
    private const int KeySize = 4;

    public bool IsControl => Opcode >= Opcode.Close;

    /// <summary>
    /// False with an empty <paramref name="wrong"/>: more bytes are needed. False with a sentence: the peer broke the protocol.
    /// True as soon as the length is known: it can be refused before the masking key and the payload have arrived.
    /// </summary>
    public static bool TryRead(in ReadOnlySequence<byte> input, out FrameHeader header, out string wrong)
    {
        header = default;
        Span<byte> bytes = stackalloc byte[MaxSize];
        bytes = bytes[..(int)Math.Min(input.Length, MaxSize)];
        input.Slice(0, bytes.Length).CopyTo(bytes);

        wrong = bytes.Length < 2 ? "" : WrongIn(bytes[0], bytes[1]);
        if (bytes.Length < 2 || wrong.Length > 0)
            return false;

        var (lengthSize, shortest) = (bytes[1] & 0x7F) switch { 126 => (2, 126L), 127 => (8, 65536L), _ => (0, 0L) };
        var size = 2 + lengthSize + KeySize;
        if (bytes.Length < 2 + lengthSize)
            return false;

        var length = lengthSize switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            8 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => bytes[1] & 0x7F,
        };
        // A set top bit makes a length negative, and so it is caught here as well.
        wrong = length < shortest ? "The length of a frame must be written in its shortest form." : "";
        if (wrong.Length > 0)
            return false;

        var isWhole = bytes.Length >= size;
        var key = isWhole ? BitConverter.ToUInt32(bytes[(size - KeySize)..]) : 0;
        header = new((bytes[0] & 0x80) != 0, (Opcode)(bytes[0] & 0x0F), length, size, key);
        return true;
    }

    private static string WrongIn(byte first, byte second)
    {
        var opcode = (Opcode)(first & 0x0F);
        if ((first & 0x70) != 0)
            return "A reserved bit is set, and no extension was agreed on.";
        if (opcode is not (Opcode.Continuation or Opcode.Text or Opcode.Binary or Opcode.Close or Opcode.Ping or Opcode.Pong))
            return "A frame has a reserved opcode.";
        if (opcode >= Opcode.Close && (first & 0x80) == 0)
            return "A control frame must not be fragmented.";
        if (opcode >= Opcode.Close && (second & 0x7F) > MaxControlPayload)
            return "A control frame carries at most 125 bytes.";
        return (second & 0x80) == 0 ? "A client must mask its frames." : "";
    }
}
