using System.Net;
using Minato.Server.Listening;

namespace Minato.Server.Tests.Listening;

public sealed class UndecidedConnectionsTests
{
    private static readonly IPAddress Office = IPAddress.Parse("192.0.2.1");

    private readonly List<string> _closed = [];

    [Fact]
    public void Over_the_bound_of_an_address_its_oldest_is_closed_and_nobody_elses()
    {
        var undecided = new UndecidedConnections(maxOfAll: 10_000);
        Enter(undecided, IPAddress.Parse("192.0.2.2"), "other");
        var places = Enumerable.Range(0, UndecidedConnections.MaxOfAddress).Select(i => Enter(undecided, Office, $"{i}")).ToList();
        Assert.Empty(_closed);
        Enter(undecided, Office, "one more");
        Enter(undecided, Office, "and more");
        Assert.Equal(["0", "1"], _closed);
        // Who decided makes room, and a closed one does so only once.
        places[0].Leave();
        places[5].Leave();
        places[5].Leave();
        Enter(undecided, Office, "in its place");
        Assert.Equal(["0", "1"], _closed);
        Assert.Equal(UndecidedConnections.MaxOfAddress + 1, undecided.Count);
    }

    [Fact]
    public void Over_the_bound_of_all_the_oldest_of_all_is_closed()
    {
        var undecided = new UndecidedConnections(maxOfAll: 3);
        for (var i = 1; i <= 5; i++)
            Enter(undecided, IPAddress.Parse($"192.0.2.{i}"), $"{i}");
        Assert.Equal(["1", "2"], _closed);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8:0:7::1", "2001:db8:0:7:ffff::9", true)] // one machine may have all of a /64
    [InlineData("2001:db8:0:7::1", "2001:db8:0:8::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void What_one_machine_may_have_counts_as_one(string one, string other, bool isSame)
    {
        var undecided = new UndecidedConnections(maxOfAll: 10_000);
        for (var i = 0; i < UndecidedConnections.MaxOfAddress; i++)
            Enter(undecided, IPAddress.Parse(one), "oldest");
        Enter(undecided, IPAddress.Parse(other), "other");
        Assert.Equal(isSame, _closed.Count == 1);
    }

    [Fact]
    public void Loopback_and_trusted_proxies_have_room_for_many()
    {
        var undecided = new UndecidedConnections(maxOfAll: 10_000);
        for (var i = 0; i < UndecidedConnections.MaxOfMany; i++)
        {
            Enter(undecided, i % 2 == 0 ? IPAddress.Loopback : IPAddress.IPv6Loopback, "local");
            Enter(undecided, Office, "proxy", isOfMany: true);
        }
        Assert.Empty(_closed);
        Enter(undecided, IPAddress.Parse("127.8.8.8"), "one more");
        Assert.Equal(["local"], _closed);
    }

    [Fact]
    public void Who_came_by_a_proxy_counts_where_they_are_from()
    {
        var undecided = new UndecidedConnections(maxOfAll: 10_000);
        var proxy = IPAddress.Parse("10.0.0.1");
        for (var i = 0; i <= UndecidedConnections.MaxOfAddress; i++)
            Enter(undecided, proxy, $"{i}", isOfMany: true).MoveTo(Office);
        Assert.Equal(["0"], _closed);
    }

    private UndecidedConnections.Place Enter(UndecidedConnections undecided, IPAddress address, string name, bool isOfMany = false) =>
        undecided.Enter(address, isOfMany, () => _closed.Add(name));
}
