using Minato.Core.Commands;

namespace Minato.Core.Tests.Commands;

public sealed class AllowanceTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly Allowance ThreeThenSixty = new(3, 60);

    [Fact]
    public void Some_are_let_through_at_once_and_then_one_at_a_time()
    {
        Assert.Equal([Now + 60_000, Now + 120_000, Now + 180_000, null], Take(4, null, Now));
        Assert.Null(ThreeThenSixty.Take(Now + 180_000, Now + 59_999));
        Assert.Equal([Now + 240_000, null], Take(2, Now + 180_000, Now + 60_000));
        Assert.Equal([1, 0, 60_000], new[] { (Now + 180_000, Now + 59_999), (Now + 180_000, Now + 60_000), (Now + 240_000, Now + 60_000) }
            .Select(t => ThreeThenSixty.Wait(t.Item1, t.Item2).TotalMilliseconds));
        // After a long rest as at first, and not more.
        Assert.Equal(3, Take(9, Now + 180_000, Now + 86_400_000).Count(level => level is not null));
    }

    [Fact]
    public void A_clock_that_went_back_makes_nobody_wait()
    {
        Assert.Equal(Now + 60_000, ThreeThenSixty.Take(Now + 180_001, Now));
        Assert.Null(ThreeThenSixty.Take(Now + 180_000, Now));
    }

    private static List<long?> Take(int times, long? level, long now)
    {
        var levels = new List<long?>();
        for (var i = 0; i < times; i++)
        {
            levels.Add(ThreeThenSixty.Take(level, now));
            level = levels[^1] ?? level;
        }
        return levels;
    }
}
