using System.Buffers;
using System.Text;

namespace Minato.Wire.Tests;

/// <summary>Test bytes, and the ways a network may cut them.</summary>
internal static class Bytes
{
    /// <summary>One byte for each character: the way to write 0xFF in a string.</summary>
    public static byte[] Of(string latin1) => Encoding.Latin1.GetBytes(latin1);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The same bytes as one segment, as two cut at <paramref name="at"/>.</summary>
    public static ReadOnlySequence<byte> CutAt(byte[] bytes, int at) => InSegments(bytes.AsMemory(0, at), bytes.AsMemory(at));

    /// <summary>Every byte in a segment of its own.</summary>
    public static ReadOnlySequence<byte> EachAlone(byte[] bytes) =>
        InSegments([.. bytes.Select((_, i) => (ReadOnlyMemory<byte>)bytes.AsMemory(i, 1))]);

    public static ReadOnlySequence<byte> InSegments(params ReadOnlyMemory<byte>[] parts)
    {
        if (parts.Length == 0)
            return ReadOnlySequence<byte>.Empty;

        var first = new Segment(parts[0], 0);
        var last = first;
        foreach (var part in parts[1..])
            last = last.Append(part);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
