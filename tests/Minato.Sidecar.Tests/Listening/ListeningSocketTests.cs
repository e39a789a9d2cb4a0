using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class ListeningSocketTests
{
    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("[::1]:0")]
    [InlineData("localhost:0")]
    public async Task A_socket_listens_is_not_shared_and_is_not_inherited(string text)
    {
        foreach (var socket in Bind(text))
        {
            using (socket)
            {
                Assert.False(SocketFacts.SharesItsPort(socket));
                Assert.True(SocketFacts.IsReusable(socket));
                Assert.False(SocketFacts.IsInherited(socket));
                using var client = await Connect(socket);
                using var accepted = await socket.AcceptAsync();
                Assert.Equal(client.LocalEndPoint, accepted.RemoteEndPoint);
            }
        }
    }

    [Fact]
    public void Localhost_listens_on_both_families_on_the_same_port()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var sockets = Bind("localhost:0");

        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], sockets.Select(s => ((IPEndPoint)s.LocalEndPoint!).Address));
        Assert.Single(sockets.Select(s => s.Port()).Distinct());
        Dispose(sockets);
    }

    [Fact]
    public async Task The_ipv6_wildcard_serves_ipv4_too()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var socket = Assert.Single(Bind("[::]:0"));
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, socket.Port());
        using var accepted = await socket.AcceptAsync();
        Assert.True(accepted.Connected);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_port_that_is_held_on_any_address_is_not_picked(string holder)
    {
        using var held = Hold(IPAddress.Parse(holder));
        using var next = Hold(IPAddress.Loopback, listen: false);

        var error = Assert.Throws<NoFreePortException>(() => ListeningSocket.BindFirstFree([IPAddress.Loopback], [held.Port(), next.Port()]));
        Assert.StartsWith("No free port was found in 2 attempts.", error.Message);
        var sockets = ListeningSocket.BindFirstFree([IPAddress.Loopback], [held.Port(), 0]);
        Assert.NotEqual(held.Port(), Assert.Single(sockets).Port());
        Dispose(sockets);
    }

    [Fact]
    public void A_port_that_browsers_refuse_is_not_picked()
    {
        var sockets = ListeningSocket.BindFirstFree([IPAddress.Loopback], [6667, 10080, 0]);
        Assert.False(BadPorts.Contains(Assert.Single(sockets).Port()));
        Dispose(sockets);
    }

    [Fact]
    public void A_picked_port_is_held_by_nobody_on_the_other_addresses()
    {
        using var socket = ListeningSocket.BindFree();
        if (Socket.OSSupportsIPv6)
            Assert.True(SocketFacts.IsFree(IPAddress.IPv6Loopback, socket.Port()));
        Assert.False(SocketFacts.IsFree(IPAddress.Loopback, socket.Port())); // the probe does tell
    }

    [Fact]
    public void Three_hundred_free_ports_held_at_once_are_all_different_and_none_is_bad()
    {
        var sockets = new ConcurrentBag<Socket>();
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => sockets.Add(ListeningSocket.BindFree()));

        Assert.Equal(300, sockets.Select(s => s.Port()).Distinct().Count());
        Assert.DoesNotContain(sockets, s => BadPorts.Contains(s.Port()));
        Assert.All(sockets, s => Assert.Equal(IPAddress.Loopback, ((IPEndPoint)s.LocalEndPoint!).Address));
        Dispose(sockets);
    }

    [Fact]
    public void A_preferred_port_is_taken_when_it_is_free()
    {
        int port;
        using (var before = ListeningSocket.BindFree())
            port = before.Port();

        using var socket = ListeningSocket.BindFree(port);
        Assert.Equal(port, socket.Port());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    public void A_preferred_port_that_is_held_on_any_address_gives_way_to_a_free_one(string holder)
    {
        using var held = Hold(IPAddress.Parse(holder));
        using var socket = ListeningSocket.BindFree(held.Port());
        Assert.NotEqual(held.Port(), socket.Port());
    }

    [Theory]
    [InlineData(6667)]
    [InlineData(1)]
    public void A_preferred_port_that_no_browser_opens_gives_way_to_a_free_one(int bad)
    {
        using var socket = ListeningSocket.BindFree(bad);
        Assert.NotEqual(bad, socket.Port());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(65536)]
    public void A_preferred_port_out_of_range_is_refused(int port) =>
        Assert.Throws<ArgumentOutOfRangeException>("preferred", () => ListeningSocket.BindFree(port));

    [Fact]
    public async Task A_restart_binds_while_its_last_connections_are_in_time_wait()
    {
        var first = ListeningSocket.BindFree();
        var port = first.Port();
        using (var client = await Connect(first))
        {
            using (var accepted = await first.AcceptAsync())
                accepted.Shutdown(SocketShutdown.Both); // the server closes first, so the wait is on its side
            Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
        }

        first.Dispose();
        Assert.False(SocketFacts.IsFree(IPAddress.Loopback, port)); // there is something to overcome

        using (var again = Assert.Single(ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, port))))
            Assert.Equal(port, again.Port());
        using var remembered = ListeningSocket.BindFree(port);
        Assert.Equal(port, remembered.Port());
    }

    private static IReadOnlyList<Socket> Bind(string text)
    {
        Assert.True(ListenAddress.TryParse(text, out var address, out var error), error);
        return ListeningSocket.Bind(address);
    }

    private static async Task<Socket> Connect(Socket listener)
    {
        var client = new Socket(listener.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        return client;
    }

    private static Socket Hold(IPAddress address, bool listen = true)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || address.AddressFamily == AddressFamily.InterNetwork, "This machine has no IPv6.");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        if (listen)
            socket.Listen();
        return socket;
    }

    private static void Dispose(IEnumerable<Socket> sockets)
    {
        foreach (var socket in sockets)
            socket.Dispose();
    }
}
