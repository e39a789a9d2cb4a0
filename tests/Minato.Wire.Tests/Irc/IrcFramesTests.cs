using System.Buffers;
using System.Text;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.Irc;

/// <summary>https://ircv3.net/specs/extensions/websocket</summary>
public sealed class IrcFramesTests
{
    [Theory]
    [InlineData(Opcode.Text, 0x81)]
    [InlineData(Opcode.Binary, 0x82)]
    public void Each_line_is_a_frame_without_its_end(Opcode opcode, byte first)
    {
        var output = new ArrayBufferWriter<byte>();
        IrcFrames.Write(output, "PING :a\r\n:x PRIVMSG #a :\u6e2f\r\n"u8, opcode);
        Assert.Equal([first, 7, .. "PING :a"u8, first, 18, .. Encoding.UTF8.GetBytes(":x PRIVMSG #a :\u6e2f")], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void No_line_is_no_frame_and_a_long_one_has_a_longer_header()
    {
        var output = new ArrayBufferWriter<byte>();
        IrcFrames.Write(output, [], Opcode.Text);
        Assert.Equal(0, output.WrittenCount);
        IrcFrames.Write(output, [.. new byte[510], .. "\r\n"u8], Opcode.Text);
        Assert.Equal([0x81, 126, 1, 254], output.WrittenSpan[..4].ToArray());
        Assert.Equal(514, output.WrittenCount);
    }
}
