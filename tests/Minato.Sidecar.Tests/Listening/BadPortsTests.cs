namespace Minato.Sidecar.Tests;

public sealed class BadPortsTests
{
    [Fact]
    public void The_whole_table_of_the_fetch_standard_is_refused() =>
        Assert.Equal(83, Enumerable.Range(0, 65536).Count(BadPorts.Contains));

    [Theory]
    [InlineData(0)]
    [InlineData(4190)]
    [InlineData(6667)]
    [InlineData(6679)]
    [InlineData(10080)]
    public void A_port_of_another_protocol_is_bad(int port) => Assert.True(BadPorts.Contains(port));

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    [InlineData(8080)]
    [InlineData(6670)]
    [InlineData(49152)]
    public void A_port_that_browsers_open_is_not(int port) => Assert.False(BadPorts.Contains(port));
}
