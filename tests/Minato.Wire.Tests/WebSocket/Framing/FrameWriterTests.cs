using System.Buffers;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Framing;

public sealed class FrameWriterTests
{
    [Fact]
    public void Examples_of_RFC_6455() // §5.7
    {
        Assert.Equal("810548656C6C6F", Hex(output => FrameWriter.WriteText(output, "Hello"u8)));
        Assert.Equal("890548656C6C6F", Hex(output => FrameWriter.WritePing(output, "Hello"u8)));
        Assert.Equal("8A0548656C6C6F", Hex(output => FrameWriter.WritePong(output, "Hello"u8)));
        Assert.Equal("827E0100", Hex(output => FrameWriter.WriteBinary(output, new byte[256]))[..8]);
        Assert.Equal("827F0000000000010000", Hex(output => FrameWriter.WriteBinary(output, new byte[65536]))[..20]);
    }

    [Theory]
    [InlineData(0, "8100")]
    [InlineData(125, "817D")]
    [InlineData(126, "817E007E")]
    [InlineData(65535, "817EFFFF")]
    [InlineData(65536, "817F0000000000010000")]
    [InlineData(int.MaxValue, "817F000000007FFFFFFF")]
    public void A_header_takes_its_shortest_form(int payloadLength, string expected)
    {
        Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderSize];
        var size = FrameWriter.WriteHeader(header, Opcode.Text, payloadLength);
        Assert.Equal(expected, Convert.ToHexString(header[..size]));
        Assert.Equal(size, FrameWriter.HeaderSize(payloadLength));
        Assert.Equal(expected, Hex(output => FrameWriter.WriteHeader(output, Opcode.Text, payloadLength)));
    }

    [Fact]
    public void A_close_frame_carries_its_code_and_reason()
    {
        Assert.Equal("880503E8627965", Hex(output => FrameWriter.WriteClose(output, CloseCode.Normal, "bye")));
        Assert.Equal("88020FA8", Hex(output => FrameWriter.WriteClose(output, 4008)));
        Assert.Equal("8800", Hex(output => FrameWriter.WriteClose(output, CloseCode.NoStatus)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex(output => FrameWriter.WriteClose(output, 1006)));
    }

    [Fact]
    public void A_long_reason_is_cut_between_characters()
    {
        // 123 bytes are left for the reason: 41 of three bytes, or 40 behind a single byte and two to spare.
        Assert.Equal("887D03E8" + Convert.ToHexString(Bytes.Utf8(new string('港', 41))), Hex(o => FrameWriter.WriteClose(o, 1000, new('港', 99))));
        Assert.Equal("887B03E8" + Convert.ToHexString(Bytes.Utf8("x" + new string('港', 40))), Hex(o => FrameWriter.WriteClose(o, 1000, "x" + new string('港', 99))));
    }

    [Fact]
    public void A_control_frame_over_125_bytes_is_a_bug_of_ours()
    {
        Assert.Equal(2 + 125, Hex(output => FrameWriter.WritePing(output, new byte[125])).Length / 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex(output => FrameWriter.WritePing(output, new byte[126])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex(output => FrameWriter.WritePong(output, new byte[126])));
    }

    private static string Hex(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Convert.ToHexString(output.WrittenSpan);
    }
}
