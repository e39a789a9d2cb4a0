using Minato.Core.Rooms;

namespace Minato.Core.Tests.Rooms;

public sealed class RoomTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("  Dev  ", "Dev")]
    [InlineData("港の話: #1, <b> & 🦊!", "港の話: #1, <b> & 🦊!")]
    [InlineData("\u3000港\u3000", "港")]
    [InlineData("👩\u200D💻", "👩\u200D💻")]
    public void Free_text_is_trimmed_and_kept(string text, string kept) => Assert.Equal(kept, RoomText.Normalize(text, RoomText.MaxTitle));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("a\rb")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("a\u001B[2Jb")]
    [InlineData("a\u009Bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u202Ab")]
    [InlineData("a\u2066b")]
    [InlineData("a\u2069b")]
    [InlineData("a\u0378b")]
    [InlineData("a\uD83Eb")]
    [InlineData("\uDD8A")]
    public void Text_that_is_not_one_plain_line_is_refused(string text) => Assert.Null(RoomText.Normalize(text, RoomText.MaxTopic));

    [Fact]
    public void The_bound_counts_bytes_of_what_is_kept()
    {
        var title = new string('港', 40);
        Assert.Equal(title, RoomText.Normalize($" {title} ", RoomText.MaxTitle));
        Assert.Null(RoomText.Normalize(title + "x", RoomText.MaxTitle));
        Assert.Equal(512, RoomText.Normalize(new string('x', 512), RoomText.MaxTopic)?.Length);
        Assert.Null(RoomText.Normalize(new string('x', 513), RoomText.MaxTopic));
    }
}
