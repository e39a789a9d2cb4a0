namespace Minato.Wire.Irc;

/// <summary>One line of a body, which is told in pieces: up to where its sender's client had cut it, and no more at once than fits.</summary>
/// <param name="cuts">Bytes of the whole body, ascending, before which a piece ends.</param>
/// <param name="at">Bytes of the body before this line.</param>
internal ref struct IrcPieces(ReadOnlySpan<byte> line, IReadOnlyList<int> cuts, int at = 0)
{
    private ReadOnlySpan<byte> _rest = line;
    private int _at = at;
    private int _next;

    internal readonly bool IsEmpty => _rest.IsEmpty;

    /// <param name="room">Bytes; at least 4, in which any character fits.</param>
    internal ReadOnlySpan<byte> Take(int room)
    {
        while (_next < cuts.Count && cuts[_next] <= _at)
            _next++;
        var length = _next < cuts.Count ? Math.Min(_rest.Length, cuts[_next] - _at) : _rest.Length;
        var piece = _rest[..IrcText.LengthOfPiece(_rest[..length], room)];
        _rest = _rest[piece.Length..];
        _at += piece.Length;
        return piece;
    }
}
