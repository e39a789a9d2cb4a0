using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class PortTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task The_owner_of_a_port_is_found_with_pid_name_start_and_address(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !address.Contains(':'), "This machine has no IPv6.");
        var before = DateTimeOffset.UtcNow;
        using var other = Child.StartPython(Child.HoldPort, address);
        var port = await other.ReadNumber();

        var owner = Assert.Single(Port.FindOwner(port));

        Assert.Equal(other.Pid, owner.Pid);
        Assert.Equal("python3", owner.Name);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), port), owner.LocalEndPoint);
        Assert.InRange(owner.StartedAt!.Value, before.AddSeconds(-2), DateTimeOffset.UtcNow.AddSeconds(2));
        Assert.Equal(Libc.EffectiveUser(), owner.UserId);
    }

    [Fact]
    public void All_listeners_on_one_port_number_are_found()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var sockets = ListeningSocket.Bind(ListenAddress.Localhost(0));
        var owners = Port.FindOwner(sockets[0].Port());

        Assert.Equal(["127.0.0.1", "::1"], owners.Select(o => o.LocalEndPoint.Address.ToString()).Order());
        Assert.All(owners, o => Assert.Equal(Environment.ProcessId, o.Pid));
        foreach (var socket in sockets)
            socket.Dispose();
        Assert.Empty(Port.FindOwner(((IPEndPoint)owners[0].LocalEndPoint).Port));
    }

    [Fact]
    public async Task A_holder_of_another_user_is_unknown_and_called_so()
    {
        Assert.SkipUnless(Libc.EffectiveUser() == 0, "Only root can start a process of another user.");
        const string BecomeNobody = "import socket, sys, os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n";
        using var other = Child.StartPython(BecomeNobody + Child.HoldPort, "127.0.0.1");
        var port = await other.ReadNumber();

        // Root without its capabilities sees no more of others than an ordinary user does.
        var owner = Assert.Single(Capabilities.Without(() => Port.FindOwner(port)));
        var error = Capabilities.Without(() =>
            Assert.Throws<PortInUseException>(() => ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, port))));

        Assert.Equal(new PortOwner(new IPEndPoint(IPAddress.Loopback, port), null, null, null, 65534), owner);
        Assert.StartsWith($"Port {port} is in use by a process of another user (uid 65534). Try ", error.Message);
    }

    [Fact]
    public void A_hidden_process_of_our_own_user_is_not_called_another_users() =>
        Assert.StartsWith(
            "a process that cannot be seen from here",
            new PortOwner(new IPEndPoint(IPAddress.Loopback, 1), null, null, null, Libc.EffectiveUser()).ToString());

    [Fact]
    public async Task A_socket_shared_by_two_processes_has_two_owners()
    {
        using var other = Child.StartPython("""
            import socket, os, sys
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            child = os.fork()
            if child == 0:
                sys.stdin.read(); os._exit(0)
            print(s.getsockname()[1], child, flush=True)
            os.waitpid(child, 0)
            """);
        var numbers = (await other.ReadLine()).Split(' ').Select(int.Parse).ToArray();

        Assert.Equal([other.Pid, numbers[1]], Port.FindOwner(numbers[0]).Select(o => o.Pid).Order());
        other.CloseInput(); // ends the child, then the parent
        Assert.Equal(0, await other.WaitForExit());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void A_port_out_of_range_is_refused(int port) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Port.FindOwner(port));
}
