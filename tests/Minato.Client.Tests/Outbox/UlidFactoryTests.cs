using Minato.Tests.Kit;

namespace Minato.Client.Tests.Outbox;

public sealed class UlidFactoryTests
{
    [Fact]
    public void Each_is_greater_than_the_one_before_also_when_the_clock_stands_or_goes_back()
    {
        var cids = new UlidFactory(new ManualTime());
        var made = Enumerable.Range(0, 10_000).Select(_ => cids.Next()).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal).Distinct(), made);
        Assert.All(made, cid => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", cid));
    }

    [Fact]
    public void It_begins_with_its_time_in_milliseconds()
    {
        var time = new ManualTime();
        const string digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var ms = new UlidFactory(time).Next()[..10].Aggregate(0L, (sum, digit) => sum * 32 + digits.IndexOf(digit));
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), ms);
    }
}
