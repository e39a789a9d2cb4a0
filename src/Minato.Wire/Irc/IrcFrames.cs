using System.Buffers;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Irc;

// message = one line without its CR LF   https://ircv3.net/specs/extensions/websocket
/// <summary>IRC lines as the messages of a WebSocket.</summary>
public static class IrcFrames
{
    /// <summary>Writes each line as a frame.</summary>
    /// <param name="lines">Whole ones, each with its CR LF; valid UTF-8, as all that is said here.</param>
    /// <param name="opcode">Text or binary.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> lines, Opcode opcode)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf("\r\n"u8);
            FrameWriter.WriteHeader(output, opcode, end);
            output.Write(lines[..end]);
            lines = lines[(end + 2)..];
        }
    }
}
