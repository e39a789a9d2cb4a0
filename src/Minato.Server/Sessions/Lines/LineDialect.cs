using System.Buffers;
using Minato.Server.Rooms;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>
/// How one peer writes, and so how it is written to: a terminal gets CRLF, whoever ends the first line in a bare LF, or in nothing, is a
/// program and gets LF, and a telnet client gets CRLF whatever it sends itself.
/// </summary>
internal sealed class LineDialect
{
    private bool _isSettled;
    private byte _lastByte;

    internal WireFormat Format { get; private set; } = WireFormat.CrLfLines;

    internal LineWriter Lines => Format == WireFormat.LfLines ? LineWriter.Lf : LineWriter.CrLf;

    /// <summary>Whether the peer is known to be a telnet client.</summary>
    internal bool IsTelnet { get; private set; }

    /// <summary>Looks at what has just come. True: the format is another one from now on.</summary>
    internal bool Observe(in ReadOnlySequence<byte> buffer, bool isEnd)
    {
        if (_isSettled)
            return false;
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            _isSettled = true;
            return (line.IsEmpty ? _lastByte : line.Slice(line.Length - 1).FirstSpan[0]) != '\r' && TryTurnToLf();
        }
        if (!buffer.IsEmpty)
            _lastByte = buffer.Slice(buffer.Length - 1).FirstSpan[0];
        return isEnd && TryTurnToLf();
    }

    /// <summary>True the first time: then it is to be asked for all eight bits.</summary>
    internal bool TryBecomeTelnet()
    {
        if (IsTelnet)
            return false;
        _isSettled = true;
        return IsTelnet = true;
    }

    private bool TryTurnToLf()
    {
        _isSettled = true;
        Format = WireFormat.LfLines;
        return true;
    }
}
