using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Minato.Wire.WebSocket.Framing;

// https://www.rfc-editor.org/rfc/rfc6455#section-8.1; what follows which byte: https://www.rfc-editor.org/rfc/rfc3629#section-4
/// <summary>Whether a text that is still arriving can become UTF-8. Each byte is looked at once, however it arrives. A mutable struct: keep it in a field.</summary>
internal struct Utf8Progress
{
    /// <summary>Bytes at the beginning that are whole, valid characters.</summary>
    private int _whole;

    /// <summary>Once false, nothing that follows mends it.</summary>
    /// <param name="text">All of it, from its beginning on.</param>
    public bool CanBecomeValid(ReadOnlySpan<byte> text)
    {
        var unseen = text[_whole..];
        var begun = BegunAtEnd(unseen);
        if (!Utf8.IsValid(unseen[..^begun]))
            return false;

        _whole = text.Length - begun;
        // A lead byte and what may follow it: C0, E0 80, ED A0, F4 90 and the like are wrong already.
        return begun == 0 || Rune.DecodeFromUtf8(unseen[^begun..], out _, out _) == OperationStatus.NeedMoreData;
    }

    /// <summary>Whether a text of so many bytes, all looked at, ends with a whole character.</summary>
    public readonly bool IsWhole(int length) => _whole == length;

    /// <summary>Bytes of a last character of which more must follow, by what its lead byte says.</summary>
    private static int BegunAtEnd(ReadOnlySpan<byte> text)
    {
        for (var count = 1; count <= Math.Min(3, text.Length); count++)
        {
            var size = text[^count] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, >= 0x80 => 0, _ => 1 };
            if (size > 0)
                return size > count ? count : 0;
        }

        return 0;
    }
}
