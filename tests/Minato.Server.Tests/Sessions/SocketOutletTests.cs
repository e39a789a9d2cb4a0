using System.Net.Sockets;
using Minato.Server.Sessions;

namespace Minato.Server.Tests.Sessions;

public sealed class SocketOutletTests
{
    [Fact]
    public void A_socket_that_was_gone_before_anybody_could_open_it_is_a_broken_connection_and_no_fault()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        Assert.Equal(-1, new SocketOutlet(socket).TrySend("hello"u8));
    }
}
