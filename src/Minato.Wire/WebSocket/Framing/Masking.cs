using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Minato.Wire.WebSocket.Framing;

// transformed-octet-i = original-octet-i XOR key-octet-(i MOD 4)   https://www.rfc-editor.org/rfc/rfc6455#section-5.3
internal static class Masking
{
    /// <summary>Unmasks into <paramref name="destination"/>, which holds at least as much. The key is the four bytes as they stand on the wire.</summary>
    public static void Unmask(in ReadOnlySequence<byte> source, Span<byte> destination, uint key)
    {
        foreach (var segment in source)
        {
            Unmask(segment.Span, destination, key);
            destination = destination[segment.Length..];
            key = Rotate(key, segment.Length);
        }
    }

    private static void Unmask(ReadOnlySpan<byte> source, Span<byte> destination, uint key)
    {
        var i = 0;
        var keys = Vector.AsVectorByte(new Vector<uint>(key));
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(source[i..]) ^ keys).CopyTo(destination[i..]);

        ReadOnlySpan<byte> keyBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key));
        for (; i < source.Length; i++)
            destination[i] = (byte)(source[i] ^ keyBytes[i & 3]);
    }

    /// <summary>The key for what follows <paramref name="taken"/> bytes: its first byte meets their next.</summary>
    public static uint Rotate(uint key, int taken)
    {
        var bits = (taken & 3) * 8;
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, bits) : BitOperations.RotateLeft(key, bits);
    }
}
