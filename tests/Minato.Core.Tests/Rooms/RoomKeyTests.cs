using Minato.Core.Rooms;

namespace Minato.Core.Tests.Rooms;

public sealed class RoomKeyTests
{
    [Theory]
    [InlineData("beer")]
    [InlineData("~")]
    [InlineData("a:b")]
    [InlineData("12345678901234567890123")]
    public void What_JOIN_can_carry_is_a_key(string text) => Assert.Equal(text, RoomKey.TryParse(text)?.Text);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("one,two")]
    [InlineData(":beer")]
    [InlineData("鍵")]
    [InlineData("a\tb")]
    [InlineData("123456789012345678901234")]
    public void All_else_is_none(string text) => Assert.Null(RoomKey.TryParse(text));

    [Fact]
    public void It_opens_its_own_door_and_prints_nothing()
    {
        var key = RoomKey.TryParse("beer")!;
        Assert.True(key.Opens(RoomKey.TryParse("beer")!));
        Assert.False(key.Opens(RoomKey.TryParse("Beer")!));
        Assert.False(key.Opens(RoomKey.TryParse("beers")!));
        Assert.DoesNotContain("beer", $"{key}", StringComparison.Ordinal);
    }
}
