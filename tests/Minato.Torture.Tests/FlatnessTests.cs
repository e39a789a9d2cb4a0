using Minato.Torture.Running.Soaking;

namespace Minato.Torture.Tests;

/// <summary>What is growth, and what is not.</summary>
public sealed class FlatnessTests
{
    [Fact]
    public void What_swings_and_what_warms_up_does_not_grow() => Assert.Empty(Flatness.Complaints(Readings(i => Usual(i) with { Resident = Megabytes(i < 25 ? i * 4 : 100 + (i % 7)) })));

    [Fact]
    public void What_grows_is_named()
    {
        Assert.Equal(["The resident memory grew: at the least 125 MiB, later 175 MiB."], Flatness.Complaints(Readings(i => Usual(i) with { Resident = Megabytes(100 + i) })));
        Assert.Equal(["The managed memory grew: at the least 10 MiB, later 25 MiB."], Flatness.Complaints(Readings(i => Usual(i) with { Managed = Megabytes(10 + (i >= 60 ? 15 : 0) + (i % 3)) })));
        Assert.Equal(["The descriptors grew: 87, later 137."], Flatness.Complaints(Readings(i => Usual(i) with { Descriptors = 50 + i })));
        Assert.Equal(["The threads grew: 17, later 27."], Flatness.Complaints(Readings(i => Usual(i) with { Threads = 10 + (i / 5) })));
        Assert.Equal(["2 readings are too few to compare."], Flatness.Complaints(Readings(Usual)[..2]));
    }

    private static List<Reading> Readings(Func<int, Reading> of) => [.. Enumerable.Range(0, 100).Select(of)];

    private static Reading Usual(int i) => new(TimeSpan.FromSeconds(i), Megabytes(100), Megabytes(10), 50 + (i % 5), 20, i);

    private static long Megabytes(long count) => count << 20;
}
