using Minato.Torture.Running;

namespace Minato.Torture.Tests;

/// <summary>How long it takes when nobody says.</summary>
public sealed class TortureOptionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(60, "--soak")]
    [InlineData(1, "--power")]
    [InlineData(0.5, "--soak", "--minutes", "0.5")]
    [InlineData(0.5, "--minutes", "0.5", "--soak")]
    public void A_soak_is_an_hour_and_all_else_a_minute_unless_it_is_said(double minutes, params string[] args) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), TortureOptions.Parse(args)!.Time);

    [Fact]
    public void Several_servers_have_one_PostgreSQL()
    {
        var options = TortureOptions.Parse(["--nodes", "3"])!;
        Assert.Equal((3, true), (options.Nodes, options.Postgres));
        Assert.Null(TortureOptions.Parse(["--nodes", "1"]));
    }
}
