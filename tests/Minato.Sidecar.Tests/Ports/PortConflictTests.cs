using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class PortConflictTests
{
    [Fact]
    public async Task Another_process_on_the_other_loopback_address_is_a_conflict()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var other = Child.StartPython(Child.HoldPort, "::1");
        var port = await other.ReadNumber();
        using var ours = ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, port))[0];

        var conflict = Assert.Single(PortConflict.Find(port));

        Assert.Equal((other.Pid, IPAddress.IPv6Loopback), (conflict.Owner.Pid, conflict.Owner.LocalEndPoint.Address));
        Assert.Equal(
            $"[::1]:{port} is held by python3 (pid {other.Pid}): http://localhost:{port} may reach it. " +
            "Use the numeric address, or another port.",
            conflict.ToString());
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("127.0.0.1")]
    public async Task A_wildcard_or_loopback_listener_of_another_process_is_a_conflict(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !address.Contains(':'), "This machine has no IPv6.");
        using var other = Child.StartPython(Child.HoldPort, address);
        var port = await other.ReadNumber();

        Assert.Equal(IPAddress.Parse(address), Assert.Single(PortConflict.Find(port)).Owner.LocalEndPoint.Address);
    }

    [Fact]
    public async Task An_address_that_localhost_never_means_is_no_conflict()
    {
        using var other = Child.StartPython(Child.HoldPort, "127.9.9.9");
        Assert.Empty(PortConflict.Find(await other.ReadNumber()));
    }

    [Fact]
    public void Our_own_sockets_are_no_conflict()
    {
        var sockets = ListeningSocket.Bind(ListenAddress.Localhost(0));
        Assert.Empty(PortConflict.Find(sockets[0].Port()));
        foreach (var socket in sockets)
            socket.Dispose();
    }
}
