using Minato.Sidecar;

namespace Minato.Server.Tests.Hosting;

/// <summary>A server that has its port by a name.</summary>
public sealed class StickyServerTests
{
    /// <summary>Another one in each run: what is kept for it stays on this machine.</summary>
    private readonly string _key = $"minato-tests-{Guid.NewGuid()}";

    [Fact]
    public async Task The_same_name_gives_the_same_port_at_each_start()
    {
        int port;
        await using (var server = await StartAsync())
            port = server.Port;
        for (var i = 0; i < 3; i++)
        {
            await using var again = await StartAsync();
            Assert.Equal(port, again.Port);
        }
    }

    [Fact]
    public async Task A_second_instance_gets_a_port_of_its_own_and_the_first_one_keeps_its()
    {
        await using var first = await StartAsync();
        await using (var second = await StartAsync())
            Assert.NotEqual(first.Port, second.Port);
        using var http = new HttpClient();
        Assert.Equal("ok\n", await http.GetStringAsync(first.Url + "/healthz"));
    }

    [Fact]
    public async Task A_stranger_on_the_port_costs_this_start_its_number_and_no_more()
    {
        int port;
        await using (var server = await StartAsync())
            port = server.Port;
        using (var stranger = ListeningSocket.Bind(new ListenAddress(System.Net.IPAddress.Loopback, port))[0])
        {
            await using var elsewhere = await StartAsync();
            Assert.NotEqual(port, elsewhere.Port);
        }
        await using var again = await StartAsync();
        Assert.Equal(port, again.Port);
    }

    [Fact]
    public async Task The_lease_ends_with_the_server()
    {
        await using (var server = await StartAsync())
            Assert.Throws<PortInUseException>(() => Port.Reserve(new PortLeaseOptions { StickyKey = _key, Strict = true }));
        using var lease = Port.Reserve(new PortLeaseOptions { StickyKey = _key, Strict = true });
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(o => o with { Address = null, StickyKey = _key });
}
