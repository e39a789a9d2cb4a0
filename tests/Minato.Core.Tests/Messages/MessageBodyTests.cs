using System.Text;
using Minato.Core.Messages;

namespace Minato.Core.Tests.Messages;

public sealed class MessageBodyTests
{
    [Theory]
    [InlineData(0, BodyError.Malformed)]
    [InlineData(1, BodyError.None)]
    [InlineData(16_384, BodyError.None)]
    [InlineData(16_385, BodyError.TooLarge)]
    public void A_body_is_1_to_16384_bytes(int length, BodyError expected)
    {
        var text = Encoding.UTF8.GetBytes(new string('x', length));
        Assert.Equal(expected, MessageBody.TryCreate(text, out var body));
        Assert.Equal(expected == BodyError.None ? length : 0, body.Utf8.Length);
    }

    [Theory]
    [InlineData("hi", "hi")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("\r\nx", "\nx")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    [InlineData("  x ", "  x ")]
    [InlineData("「港」 🦊 e\u0301", "「港」 🦊 e\u0301")]
    [InlineData("\u00A1\u00FF\u0100", "\u00A1\u00FF\u0100")]
    [InlineData("\u200B", "\u200B")]
    public void Text_is_kept_and_CRLF_becomes_LF(string text, string kept)
    {
        Assert.Equal(BodyError.None, MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out var body));
        Assert.Equal(kept, body.ToString());
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\n\t \r\n")]
    [InlineData("\u3000\u3000")]
    [InlineData("\u00A0")]
    [InlineData("\u2028")]
    public void Only_white_space_is_blank(string text) => AssertMalformed(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Every_control_character_but_LF_and_TAB_is_refused_wherever_it_stands()
    {
        foreach (var control in Enumerable.Range(0, 0xA0).Where(c => c is < 0x20 or >= 0x7F && c is not ('\n' or '\t')))
            foreach (var text in new[] { $"{(char)control}ab", $"a{(char)control}b", $"ab{(char)control}", $"\u00A2{(char)control}", $"\u00A2\u00A2x{(char)control}" })
                Assert.True(
                    BodyError.Malformed == MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out _), $"U+{control:X4} was let through.");
    }

    [Theory]
    [InlineData("C0 AF", "overlong /")]
    [InlineData("E0 80 AF", "overlong /")]
    [InlineData("C1 81", "overlong A")]
    [InlineData("F0 80 80 AF", "overlong /")]
    [InlineData("ED A0 80", "a surrogate")]
    [InlineData("ED BF BF", "a surrogate")]
    [InlineData("F4 90 80 80", "above U+10FFFF")]
    [InlineData("F8 88 80 80 80", "five bytes")]
    [InlineData("E6 B8", "cut")]
    [InlineData("80", "a continuation alone")]
    [InlineData("FF", "never valid")]
    [InlineData("C2", "cut at the lead of C1")]
    public void Bytes_that_are_not_UTF8_are_refused(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        foreach (var text in new byte[][] { bytes, [.. "a"u8, .. bytes], [.. bytes, .. "a"u8] })
            Assert.True(BodyError.Malformed == MessageBody.TryCreate(text, out _), why);
    }

    [Fact]
    public void Bodies_are_equal_by_their_bytes()
    {
        MessageBody.TryCreate(Encoding.UTF8.GetBytes("a\r\nb"), out var one);
        MessageBody.TryCreate(Encoding.UTF8.GetBytes("a\nb"), out var other);
        MessageBody.TryCreate(Encoding.UTF8.GetBytes("a\nc"), out var third);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, third);
    }

    private static void AssertMalformed(byte[] text) => Assert.Equal(BodyError.Malformed, MessageBody.TryCreate(text, out _));
}
