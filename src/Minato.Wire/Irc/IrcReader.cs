using System.Buffers;
using System.Text.Unicode;

namespace Minato.Wire.Irc;

// line = message ( CR LF | LF | CR )   https://modern.ircdocs.horse/#message-format: a server takes either alone as well
/// <summary>
/// Reads the messages out of one connection's bytes, every length bounded. One for each connection, used by its read loop alone; between
/// reads it holds the unfinished line and nothing else.
/// </summary>
public sealed class IrcReader
{
    // What a line rarely exceeds. A buffer that grew beyond it is let go with its line, and any with the last of several that came together.
    private const int UsualLine = 512;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private byte[] _line = [];
    private int _length;
    private bool _isOver;

    /// <summary>
    /// Takes bytes up to the end of the next line; empty ones are passed over. False when the input holds no further one: then all of it was
    /// consumed, and the reader remembers the unfinished line.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out IrcLine line)
    {
        line = default;
        var consumed = 0L;
        foreach (var segment in input)
        {
            var span = segment.Span;
            while (!span.IsEmpty && !_isOver)
            {
                var end = span.IndexOfAny(LineEnds);
                var part = end < 0 ? span : span[..end];
                if (!TryAppend(part))
                {
                    _isOver = true;
                    input = input.Slice(input.End);
                    line = new IrcLine(IrcLineKind.Endless, null);
                    return true;
                }
                var taken = end < 0 ? part.Length : end + 1;
                consumed += taken;
                span = span[taken..];
                if (end >= 0 && TryFinish(out line))
                {
                    input = input.Slice(consumed);
                    return true;
                }
            }
        }
        input = input.Slice(input.End);
        if (_length == 0)
            _line = [];
        return false;
    }

    private bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > IrcLimits.Endless - _length)
            return false;
        if (bytes.Length > _line.Length - _length)
            Array.Resize(ref _line, Math.Min(IrcLimits.Endless, Math.Max(_length + bytes.Length, Math.Max(UsualLine, _line.Length * 2))));
        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }

    /// <summary>False: an empty line, or the LF of a CR LF.</summary>
    private bool TryFinish(out IrcLine line)
    {
        line = default;
        if (_length == 0)
            return false;
        var bytes = _line.AsMemory(0, _length);
        line = Judge(bytes.Span) is { } wrong ? new IrcLine(wrong, wrong == IrcLineKind.NotText ? IrcMessage.Parse(bytes.ToArray()) : null) : new IrcLine(IrcLineKind.Message, IrcMessage.Parse(bytes.ToArray()));
        _length = 0;
        if (_line.Length > UsualLine)
            _line = [];
        return line is not { Kind: IrcLineKind.Message, Message: null };
    }

    private static IrcLineKind? Judge(ReadOnlySpan<byte> line)
    {
        var rest = line;
        if (line[0] == '@')
        {
            var end = line.IndexOf((byte)' ');
            var tags = end < 0 ? line : line[..end];
            if (tags.Length - 1 > IrcLimits.ClientTags)
                return IrcLineKind.TooLong;
            rest = end < 0 ? [] : line[(end + 1)..];
        }
        if (rest.Length > IrcLimits.Line - "\r\n"u8.Length)
            return IrcLineKind.TooLong;
        return line.Contains((byte)0) || !Utf8.IsValid(line) ? IrcLineKind.NotText : null;
    }
}
