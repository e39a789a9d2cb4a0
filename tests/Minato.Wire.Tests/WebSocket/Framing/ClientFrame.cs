using System.Buffers.Binary;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Framing;

/// <summary>What a client sends, written in the plainest way and able to be wrong.</summary>
internal static class ClientFrame
{
    private static readonly byte[] Key = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Of(Opcode opcode, string text, bool isFinal = true) => Of(opcode, Bytes.Utf8(text), isFinal);

    public static byte[] Of(Opcode opcode, byte[] payload, bool isFinal = true) =>
        [(byte)((isFinal ? 0x80 : 0) | (int)opcode), .. Length(payload.Length), .. Key, .. payload.Select((b, i) => (byte)(b ^ Key[i % 4]))];

    /// <summary>A close frame; its reason is one byte for each character.</summary>
    public static byte[] Close(int code, string reason = "") =>
        Of(Opcode.Close, [(byte)(code >> 8), (byte)code, .. Bytes.Of(reason)]);

    private static byte[] Length(int length)
    {
        var bytes = new byte[9];
        if (length < 126)
            return [(byte)(0x80 | length)];

        bytes[0] = (byte)(0x80 | (length < 65536 ? 126 : 127));
        if (length < 65536)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)length);
            return bytes[..3];
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), length);
        return bytes;
    }
}
