using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Minato.Server.Listening;

namespace Minato.Server.Tests.Listening;

public sealed class DeadPeersTests
{
    private const int UserTimeout = 18; // TCP_USER_TIMEOUT

    [Fact]
    public async Task What_a_listener_accepts_asks_silent_peers_and_gives_up_those_that_are_gone()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        DeadPeers.Notice(listener);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        using var accepted = await listener.AcceptAsync();

        Assert.Equal(1, accepted.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(60, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(15, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(4, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        if (!OperatingSystem.IsLinux())
            return;
        var milliseconds = new byte[4];
        accepted.GetRawSocketOption(6, UserTimeout, milliseconds);
        Assert.Equal(120_000, MemoryMarshal.Read<int>(milliseconds));
    }
}
