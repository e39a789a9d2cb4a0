using System.Buffers;

namespace Minato.Wire.Lines;

// line = *byte ( LF | CR LF | CR NUL | CR )     telnet's own: https://www.rfc-editor.org/rfc/rfc854#page-11
// A bare CR ends a line at once: it is all that a terminal in raw mode sends for Enter, and waiting for what may follow
// it would make that person wait for the next key.
/// <summary>
/// Reads the lines that people type out of one connection's bytes: telnet commands taken out, text cleaned, every length bounded.
/// One for each connection, used by its read loop alone. Between reads it holds the unfinished line and nothing else.
/// </summary>
public sealed class LineReader
{
    /// <summary>16 KiB, the limit of a message's body; counted as received, and again as cleaned (a wrong byte becomes three).</summary>
    public const int MaxLine = 16 * 1024;

    // What a typed line rarely exceeds. A buffer that grew beyond it is let go with its line, and any with the last of several that came together.
    private const int UsualLine = 256;

    private static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'\n', (byte)'\r', TelnetFilter.Iac]);

    private byte[] _line = [];
    private int _length;
    private TelnetFilter _telnet;
    private bool _afterCarriageReturn;
    private bool _isSkipping;

    /// <summary>Whether the peer has shown that it is a telnet client.</summary>
    public bool IsTelnet => _telnet.HasSeenCommand;

    /// <summary>
    /// Takes bytes up to the end of the next line. False when the input holds no further one: then all of it was consumed,
    /// and the reader remembers the unfinished line.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out Line line)
    {
        line = default;
        var consumed = 0L;
        foreach (var segment in input)
        {
            var span = segment.Span;
            var taken = 0;
            var found = false;
            while (taken < span.Length && !found)
                found = TryTake(span, ref taken, out line);

            consumed += taken;
            if (found)
            {
                input = input.Slice(consumed);
                return true;
            }
        }

        input = input.Slice(input.End);
        if (_length == 0)
            _line = [];
        return false;
    }

    /// <summary>
    /// At the end of input, after <see cref="TryRead"/> said false: the last line, if it lacks only its line end.
    /// An unfinished telnet command ends with the input.
    /// </summary>
    public bool TryReadLast(out Line line)
    {
        line = default;
        if (_length == 0)
            return false;

        line = Finish();
        return true;
    }

    // Takes a run of plain bytes, or a single special one.
    private bool TryTake(ReadOnlySpan<byte> span, ref int taken, out Line line)
    {
        line = default;
        var rest = span[taken..];
        if (_telnet.IsIdle && !_afterCarriageReturn)
        {
            var run = rest.IndexOfAny(Special);
            run = run < 0 ? rest.Length : run;
            if (run > 0)
            {
                taken += run;
                return !TryAppend(rest[..run], out line);
            }
        }

        var value = rest[0];
        taken++;
        return _telnet.Take(value) switch
        {
            TelnetStep.Data => TryTakeData(value, out line),
            TelnetStep.Interrupt => Interrupt(out line),
            TelnetStep.TimingMark => Say(LineKind.TimingMark, out line),
            _ => false,
        };
    }

    private bool TryTakeData(byte value, out Line line)
    {
        line = default;
        var afterCarriageReturn = _afterCarriageReturn;
        _afterCarriageReturn = value == '\r';
        if (value is not ((byte)'\r' or (byte)'\n'))
            return !(afterCarriageReturn && value == 0) && !TryAppend([value], out line);

        if (value == '\n' && afterCarriageReturn)
            return false;

        if (_isSkipping)
        {
            _isSkipping = false;
            return false;
        }

        line = Finish();
        return true;
    }

    // False when the line has just become too long, which is then the thing to report.
    private bool TryAppend(scoped ReadOnlySpan<byte> bytes, out Line line)
    {
        line = default;
        if (_isSkipping)
            return true;

        if (bytes.Length > MaxLine - _length)
        {
            _isSkipping = true;
            Forget();
            line = new(LineKind.TooLong, default);
            return false;
        }

        if (bytes.Length > _line.Length - _length)
            Array.Resize(ref _line, Math.Min(MaxLine, Math.Max(_length + bytes.Length, Math.Max(UsualLine, _line.Length * 2))));

        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }

    private Line Finish()
    {
        var text = LineText.Clean(_line.AsSpan(0, _length));
        Forget();
        return text.Length > MaxLine ? new(LineKind.TooLong, default) : new(LineKind.Text, text);
    }

    private bool Interrupt(out Line line)
    {
        Forget();
        return Say(LineKind.Interrupt, out line);
    }

    private static bool Say(LineKind kind, out Line line)
    {
        line = new(kind, default);
        return true;
    }

    private void Forget()
    {
        _length = 0;
        if (_line.Length > UsualLine)
            _line = [];
    }
}
