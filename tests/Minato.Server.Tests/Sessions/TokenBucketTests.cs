using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

public sealed class TokenBucketTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public void A_burst_goes_then_so_many_a_second_and_the_wait_is_named()
    {
        var bucket = new TokenBucket(new Rate(3, 2), _clock);
        for (var i = 0; i < 3; i++)
            Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(500), wait);
        _clock.Advance(TimeSpan.FromSeconds(0.25));
        Assert.False(bucket.TryTake(out wait));
        Assert.Equal(TimeSpan.FromMilliseconds(250), wait);
        _clock.Advance(wait);
        Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out _));
    }

    [Fact]
    public void Whoever_waits_as_long_as_was_said_is_let_through()
    {
        var (bucket, random) = (new TokenBucket(new Rate(1, 21), _clock), new Random(1));
        Assert.True(bucket.TryTake(out _));
        for (var i = 0; i < 1_000; i++)
        {
            _clock.Advance(TimeSpan.FromTicks(random.Next(1, 300_000)));
            Assert.False(bucket.TryTake(out var wait));
            _clock.Advance(wait);
            Assert.True(bucket.TryTake(out _), $"After {i} times it was not enough.");
        }
    }

    [Fact]
    public void Patience_is_saved_up_to_the_burst_and_no_further()
    {
        var bucket = new TokenBucket(new Rate(3, 2), _clock);
        _clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++)
            Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out _));
    }

    [Fact]
    public void Without_a_limit_everything_goes()
    {
        var bucket = new TokenBucket(Rate.Unlimited, _clock);
        for (var i = 0; i < 100_000; i++)
            Assert.True(bucket.TryTake(out _));
    }
}
