namespace Minato.Client.Tests.Connections;

public sealed class FullJitterTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(1_000_000, 30)]
    public void It_lies_below_a_ceiling_that_doubles_to_thirty_seconds(int attempt, double ceiling)
    {
        Assert.Equal(TimeSpan.Zero, FullJitter.Wait(attempt, 0));
        Assert.Equal(TimeSpan.FromSeconds(ceiling / 2), FullJitter.Wait(attempt, 0.5));
    }

    [Fact]
    public void A_thousand_clients_of_one_restart_come_back_spread_over_the_whole_time()
    {
#pragma warning disable CA5394 // Chance that is the same each time is what a test wants.
        var random = new Random(20_260);
        var tenths = Enumerable.Range(0, 1_000).Select(_ => FullJitter.Wait(3, random.NextDouble())).GroupBy(w => (int)(w.TotalSeconds / 0.4)).ToList();
#pragma warning restore CA5394
        Assert.Equal(10, tenths.Count);
        Assert.All(tenths, tenth => Assert.InRange(tenth.Count(), 60, 140));
    }
}
