using Minato.Server.Rooms;

namespace Minato.Server.Tests.Rooms;

public sealed class FanOutRestTests
{
    [Theory]
    [InlineData(3.9, true, 0)]
    [InlineData(4, true, 1)]
    [InlineData(11, true, 2)]
    [InlineData(1000, true, 4)]
    [InlineData(1000, false, 0)]
    public void A_turn_that_was_long_and_full_is_followed_by_a_short_rest(double turn, bool isFull, int rest) =>
        Assert.Equal(rest, FanOutRest.MillisecondsAfter(TimeSpan.FromMilliseconds(turn), isFull));
}
