using System.Buffers.Binary;

namespace Minato.Client.Tests.Behaviour;

/// <summary>One WebSocket frame on its way through the relay (RFC 6455, 5.2): FIN and opcode, MASK and length, key, payload.</summary>
internal sealed record RelayFrame(byte First, byte[] Payload, bool IsMasked)
{
    private const int TextOpcode = 1;
    private const int CloseOpcode = 8;

    internal bool IsText => (First & 0x0F) == TextOpcode;

    /// <summary>Of a close frame that says why.</summary>
    internal int? CloseCode => (First & 0x0F) == CloseOpcode && Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : null;

    /// <summary>Null: it is not whole yet.</summary>
    /// <param name="length">Bytes that it took.</param>
    internal static RelayFrame? TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2)
            return null;
        var isMasked = (bytes[1] & 0x80) != 0;
        var (size, header) = (bytes[1] & 0x7F) switch
        {
            126 => (bytes.Length < 4 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4),
            127 => (bytes.Length < 10 ? -1 : checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])), 10),
            var small => (small, 2),
        };
        var begin = header + (isMasked ? 4 : 0);
        if (size < 0 || bytes.Length < begin + size)
            return null;
        var payload = bytes.Slice(begin, size).ToArray();
        if (isMasked)
            for (var i = 0; i < payload.Length; i++)
                payload[i] ^= bytes[header + i % 4];
        length = begin + size;
        return new RelayFrame(bytes[0], payload, isMasked);
    }

    /// <summary>Masked with zeros where it must be masked.</summary>
    internal byte[] Write()
    {
        var mask = IsMasked ? 0x80 : 0;
        byte[] head = Payload.Length switch
        {
            < 126 => [First, (byte)(mask | Payload.Length)],
            <= ushort.MaxValue => [First, (byte)(mask | 126), (byte)(Payload.Length >> 8), (byte)Payload.Length],
            _ => [First, (byte)(mask | 127), 0, 0, 0, 0, (byte)(Payload.Length >> 24), (byte)(Payload.Length >> 16), (byte)(Payload.Length >> 8), (byte)Payload.Length],
        };
        return [.. head, .. IsMasked ? new byte[4] : [], .. Payload];
    }
}
