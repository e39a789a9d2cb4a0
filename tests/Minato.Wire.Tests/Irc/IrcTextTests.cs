using System.Text;
using Minato.Wire.Irc;

namespace Minato.Wire.Tests.Irc;

public sealed class IrcTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u0002bold\u000f and \u001ditalic\u001d", "bold and italic")]
    [InlineData("\u00034,12red\u0003 12 \u00031,x", "red 12 ,x")]
    [InlineData("\u0004ff00AA,00ff00green\u0004 x", "green x")]
    [InlineData("a\tb\u007fc", "a\tbc")]
    [InlineData("\u0001ACTION waves \u0002hard\u0002\u0001", "_waves hard_")]
    [InlineData("\u0001ACTION waves", "_waves_")]
    public void Formatting_is_taken_out_and_an_action_is_emphasis(string text, string body) =>
        Assert.Equal(body, Encoding.UTF8.GetString(IrcText.ToBody(Bytes.Utf8(text)).Span));

    [Theory]
    [InlineData("_waves_", "waves")]
    [InlineData("_two words_", "two words")]
    [InlineData("__bold__", null)]
    [InlineData("_ no_", null)]
    [InlineData("__", null)]
    [InlineData("_", null)]
    [InlineData("_a\nb_", null)]
    [InlineData("plain", null)]
    public void Emphasis_of_a_whole_line_is_an_action(string body, string? act) =>
        Assert.Equal(act, IrcText.TryReadAction(Bytes.Utf8(body), out var found) ? Encoding.UTF8.GetString(found) : null);

    [Theory]
    [InlineData("\u0001VERSION\u0001", true)]
    [InlineData("\u0001ACTION waves\u0001", false)]
    [InlineData("text", false)]
    [InlineData("", false)]
    public void What_a_program_asks_is_told_from_what_somebody_says(string text, bool isCtcp) => Assert.Equal(isCtcp, IrcText.IsCtcp(Bytes.Utf8(text)));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("one two three", 9, "one two ")]
    [InlineData("one twothreefour", 12, "one twothree")]
    [InlineData("港港港", 8, "港港")]
    [InlineData("abce\u0301x", 5, "abc")]
    [InlineData("x👩‍👩‍👧‍👧y", 20, "x")]
    [InlineData("x🇯🇵🇯🇵", 12, "x🇯🇵")]
    public void A_long_line_is_split_where_no_character_is(string text, int max, string piece)
    {
        var bytes = Bytes.Utf8(text);
        Assert.Equal(piece, Encoding.UTF8.GetString(bytes.AsSpan(0, IrcText.LengthOfPiece(bytes, max))));
    }

    [Fact]
    public void Pieces_of_anything_fit_are_UTF8_and_are_together_what_they_were()
    {
        var random = new Random(42);
        string[] parts = ["a", " ", "é", "e\u0301", "港", "👍🏽", "👩‍👩‍👧‍👧", "\u0301"];
        for (var round = 0; round < 500; round++)
        {
            var text = Bytes.Utf8(string.Concat(Enumerable.Range(0, random.Next(1, 80)).Select(_ => parts[random.Next(parts.Length)])));
            var max = random.Next(4, 60);
            var joined = new List<byte>();
            for (var rest = text; rest.Length > 0;)
            {
                var length = IrcText.LengthOfPiece(rest, max);
                Assert.InRange(length, 1, max);
                Assert.True(System.Text.Unicode.Utf8.IsValid(rest.AsSpan(0, length)));
                joined.AddRange(rest[..length]);
                rest = rest[length..];
            }
            Assert.Equal(text, joined);
        }
    }
}
