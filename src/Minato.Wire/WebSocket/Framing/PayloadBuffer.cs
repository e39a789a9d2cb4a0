using System.Buffers;

namespace Minato.Wire.WebSocket.Framing;

/// <summary>Rented memory for one message's payload; holds none while it is empty. A mutable struct: keep it in a field.</summary>
internal struct PayloadBuffer
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public readonly ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>The next <paramref name="count"/> bytes, for the caller to fill at once.</summary>
    public Span<byte> Extend(int count)
    {
        var needed = Length + count;
        if (_bytes is null || needed > _bytes.Length)
        {
            // The pool's arrays are powers of two, so that many small fragments are copied only a few times.
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            Written.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        var place = _bytes.AsSpan(Length, count);
        Length = needed;
        return place;
    }

    public void Clear()
    {
        Return();
        Length = 0;
    }

    private void Return()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
    }
}
