using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class PortExceptionTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("127.0.0.1", "0.0.0.0")]
    [InlineData("::1", "::1")]
    [InlineData("::1", "::")]
    public async Task A_port_in_use_names_its_holder(string holder, string ours)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !(holder + ours).Contains(':'), "This machine has no IPv6.");
        using var other = Child.StartPython(Child.HoldPort, holder);
        var port = await other.ReadNumber();

        var error = Assert.Throws<PortInUseException>(() => ListeningSocket.Bind(new ListenAddress(IPAddress.Parse(ours), port)));

        Assert.Equal((port, other.Pid), (error.Port, error.Owner?.Pid));
        Assert.Matches($@"^Port {port} is in use by python3 \(pid {other.Pid}\)\. Try \d+, or omit the port\.$", error.Message);
    }

    [Fact]
    public async Task Localhost_names_the_holder_of_either_family_and_leaves_nothing_bound()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var other = Child.StartPython(Child.HoldPort, "::1");
        var port = await other.ReadNumber();

        var error = Assert.Throws<PortInUseException>(() => ListeningSocket.Bind(ListenAddress.Localhost(port)));

        Assert.Equal(other.Pid, error.Owner?.Pid);
        using var free = TryListen(port);
        Assert.NotNull(free);
    }

    [Fact]
    public async Task The_holder_named_is_the_one_in_the_way()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var first = Child.StartPython(Child.HoldPort, "::1");
        var port = await first.ReadNumber();
        using var second = Child.StartPython(Child.HoldPort, "127.0.0.1", $"{port}");
        Assert.Equal(port, await second.ReadNumber());

        Assert.Equal(second.Pid, InUse(IPAddress.Loopback, port).Owner?.Pid);
        Assert.Equal(first.Pid, InUse(IPAddress.IPv6Loopback, port).Owner?.Pid);
    }

    [Fact]
    public void A_port_that_is_bound_without_listening_says_that_nobody_can_be_named()
    {
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var error = InUse(IPAddress.Loopback, held.Port());

        Assert.Null(error.Owner);
        Assert.StartsWith($"Port {held.Port()} is in use by a program that cannot be named, as it does not listen there. ", error.Message);
    }

    [Fact]
    public void The_sentence_advises_another_port_only_if_there_is_one()
    {
        var node = new PortOwner(new IPEndPoint(IPAddress.Loopback, 8080), 812, "node", DateTimeOffset.UnixEpoch, 0);
        Assert.Equal("Port 8080 is in use by node (pid 812). Try 8081, or omit the port.", new PortInUseException(8080, node, 8081).Message);
        Assert.Equal(
            "Port 65535 is in use by node (pid 812). Omit the port to get a free one.",
            new PortInUseException(65535, node, null).Message);
    }

    [Fact]
    public void The_port_advised_is_free_and_opens_in_a_browser()
    {
        using var held = ListeningSocket.BindFree();
        var port = held.Port();
        using var next = TryListen(port + 1);

        var words = InUse(IPAddress.Loopback, port).Message.Split(' ');
        var advised = int.Parse(words[Array.IndexOf(words, "Try") + 1].TrimEnd(','));

        Assert.InRange(advised, port + 2, port + 20);
        using var free = TryListen(advised);
        Assert.NotNull(free);
    }

    [Fact]
    public void A_privileged_port_says_so()
    {
        var unprivileged = int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
        Assert.SkipUnless(unprivileged > 1, "On this machine no port is privileged.");

        var error = Capabilities.Without(() =>
            Assert.Throws<PortForbiddenException>(() => ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, 1))));

        Assert.Equal(1, error.Port);
        Assert.Equal("Port 1 needs a privilege that this process lacks. Use a port from 1024 on, such as 8080.", error.Message);
    }

    [Fact]
    public void A_privileged_port_that_was_preferred_gives_way_to_a_free_one()
    {
        using var socket = Capabilities.Without(() => ListeningSocket.BindFree(80));
        Assert.NotEqual(80, socket.Port());
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1 is not an address of this machine. Use 127.0.0.1")]
    [InlineData("2001:db8::1", "[2001:db8::1] is not an address of this machine, or IPv6 is off. Use 127.0.0.1")]
    public void An_address_of_another_machine_says_so(string text, string expected)
    {
        var error = Assert.Throws<AddressNotHereException>(() => ListeningSocket.Bind(new ListenAddress(IPAddress.Parse(text), 0)));
        Assert.StartsWith(expected, error.Message);
    }

    private static PortInUseException InUse(IPAddress address, int port) =>
        Assert.Throws<PortInUseException>(() => ListeningSocket.Bind(new ListenAddress(address, port)));

    // Null when somebody has it. Not SocketFacts.IsFree: a port that our own earlier connections left in TIME_WAIT is free here.
    private static Socket? TryListen(int port)
    {
        try
        {
            return ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, port))[0];
        }
        catch (PortInUseException)
        {
            return null;
        }
    }
}
