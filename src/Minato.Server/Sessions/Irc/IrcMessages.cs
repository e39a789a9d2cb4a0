using System.Buffers;
using Minato.Server.Sessions.WebSocket;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// The lines of a client on a WebSocket, one in each message. Text and binary ones are taken alike, whichever was agreed on; a line end in a
/// message, or at its end, is taken for what it is. https://ircv3.net/specs/extensions/websocket
/// </summary>
internal sealed class IrcMessages(IrcSession session) : IDisposable
{
    private static readonly ReadOnlySequence<byte> LineEnd = new("\n"u8.ToArray());

    private readonly FrameReader _frames = new(IrcLimits.Endless - 1);
    private readonly IrcReader _lines = new();
    private ReadOnlySequence<byte> _rest = ReadOnlySequence<byte>.Empty;
    private bool _isBegun;

    public void Dispose() => _frames.Dispose();

    /// <summary>The next line; what is the transport's own is answered on the way.</summary>
    internal bool TryRead(ref ReadOnlySequence<byte> input, out IrcLine line)
    {
        while (!_lines.TryRead(ref _rest, out line))
        {
            if (_isBegun)
                (_rest, _isBegun) = (LineEnd, false);
            else if (!TryBegin(ref input))
                return false;
        }
        return true;
    }

    /// <summary>The next message's payload, which lies in the reader's memory until it is asked again.</summary>
    private bool TryBegin(ref ReadOnlySequence<byte> input)
    {
        while (session.IsOpen && _frames.TryRead(ref input, out var message))
        {
            switch (message.Kind)
            {
                case MessageKind.Text or MessageKind.Binary:
                    (_rest, _isBegun) = (new ReadOnlySequence<byte>(message.Payload), true);
                    return true;
                case MessageKind.Ping:
                    session.Pong(message.Payload.Span);
                    break;
                case MessageKind.Close:
                    session.Hang(CloseCodes.Frame(message.CloseCode, ""));
                    break;
                case MessageKind.Violation:
                    session.Hang(CloseCodes.Frame(message.CloseCode, message.Reason));
                    break;
            }
        }
        return false;
    }
}
