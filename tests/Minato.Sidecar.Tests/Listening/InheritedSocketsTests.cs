using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class InheritedSocketsTests
{
    // argv: kind of socket at descriptor 3, its address; LISTEN_PID ("self" or a number), LISTEN_FDS; then what to run.
    private const string HandOver = """
        import fcntl, os, socket, sys
        kind, host, pid, count = sys.argv[1:5]
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        s = socket.socket(socket.AF_UNIX if kind == 'unix' else family, socket.SOCK_DGRAM if kind == 'udp' else socket.SOCK_STREAM)
        if kind != 'unix': s.bind((host, 0))
        if kind == 'listening': s.listen()
        passed = fcntl.fcntl(os.pipe()[0] if kind == 'pipe' else s, fcntl.F_DUPFD, 10) # 3 may be taken by s itself
        os.dup2(passed, 3)
        second = socket.create_server(('127.0.0.2', 0))
        os.dup2(fcntl.fcntl(second, fcntl.F_DUPFD, 10), 4)
        os.environ.update(LISTEN_PID=str(os.getpid()) if pid == 'self' else pid, LISTEN_FDS=count, LISTEN_FDNAMES='a:b')
        os.execv(sys.argv[5], sys.argv[5:])
        """;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_socket_handed_over_is_served_and_goes_no_further(string host)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !host.Contains(':'), "This machine has no IPv6.");
        using var child = Start("listening", host, "self", "1");

        var address = IPEndPoint.Parse(await child.ReadLine());
        Assert.Equal(IPAddress.Parse(host), address.Address);
        Assert.Equal("", await child.ReadLine()); // no variable is left
        Assert.Equal(0, await child.ReadNumber()); // nor a socket for a second time
        using var client = new TcpClient(address.AddressFamily);
        await client.ConnectAsync(address);
        Assert.Equal("hello", await new StreamReader(client.GetStream()).ReadToEndAsync());
        Assert.Equal(0, await child.WaitForExit());
    }

    [Fact]
    public async Task Several_sockets_come_in_the_order_of_their_descriptors()
    {
        using var child = Start("listening", "127.0.0.1", "self", "2");
        var addresses = (await child.ReadLine()).Split(' ').Select(text => IPEndPoint.Parse(text).Address.ToString());
        Assert.Equal(["127.0.0.1", "127.0.0.2"], addresses);
    }

    [Theory]
    [InlineData("pipe", "1", "LISTEN_FDS hands over descriptor 3, but it is not a socket. Bind and listen on a TCP socket, and pass that.")]
    [InlineData("udp", "1", "LISTEN_FDS hands over descriptor 3, but it is not a TCP socket.")]
    [InlineData("unix", "1", "LISTEN_FDS hands over descriptor 3, but it is not an IPv4 or IPv6 socket.")]
    [InlineData("bound", "1", "LISTEN_FDS hands over descriptor 3, but it does not listen.")]
    [InlineData("listening", "some", "LISTEN_FDS is \"some\": it must be the number of sockets handed over")]
    [InlineData("listening", "-1", "LISTEN_FDS is \"-1\"")]
    [InlineData("listening", "1025", "LISTEN_FDS is \"1025\"")]
    public async Task What_is_no_listening_tcp_socket_is_refused_in_a_sentence(string kind, string count, string expected)
    {
        using var child = Start(kind, "127.0.0.1", "self", count);
        Assert.StartsWith(expected, await child.ReadLine());
        Assert.Equal(1, await child.WaitForExit());
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("x", "1")]
    [InlineData("self", "0")]
    public async Task What_was_meant_for_another_process_is_ignored_but_unset(string pid, string count)
    {
        using var child = Start("listening", "127.0.0.1", pid, count);

        Assert.Equal("", await child.ReadLine());
        Assert.Equal("", await child.ReadLine());
        Assert.Equal(0, await child.WaitForExit());
    }

    [Fact]
    public void A_descriptor_that_is_not_open_is_refused_in_a_sentence()
    {
        var error = Assert.Throws<InvalidOperationException>(() => InheritedSockets.Check(int.MaxValue));
        Assert.StartsWith("LISTEN_FDS hands over descriptor 2147483647, but it is not open.", error.Message);
    }

    [Fact]
    public void Without_the_variables_there_is_nothing() => Assert.Empty(InheritedSockets.Take());

    private static Child Start(string kind, string host, string pid, string count) =>
        Child.StartPython(HandOver, kind, host, pid, count, Program.Executable, "child", "take");
}
