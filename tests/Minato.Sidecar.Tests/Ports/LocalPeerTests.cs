using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests.Ports;

public sealed class LocalPeerTests
{
    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task The_process_at_the_other_end_is_named(AddressFamily clients)
    {
        // Both families at the server's end: what it knows as ::ffff:127.0.0.1 the client knows as 127.0.0.1.
        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        listener.Listen();
        using var client = new Socket(clients, SocketType.Stream, ProtocolType.Tcp);
        var loopback = clients == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        await client.ConnectAsync(new IPEndPoint(loopback, ((IPEndPoint)listener.LocalEndPoint!).Port));
        using var accepted = await listener.AcceptAsync();
        var (peer, own) = ((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);

        var found = LocalPeer.Find(peer, own);
        Assert.Contains(found!, p => p.Pid == Environment.ProcessId && p.CommandLine.Contains("Minato.Sidecar.Tests", StringComparison.Ordinal));

        client.Dispose();
        Assert.Null(LocalPeer.Find(new IPEndPoint(peer.Address, own.Port), own));
    }

    [Theory]
    [InlineData("   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 577 1 0", true)]
    [InlineData("   1: 0100007F:1F90 0100007F:C350 06 00000000:00000000 00:00000000 00000000  1000        0 577 1 0", false)]
    [InlineData("   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 577 1 0", false)]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", false)]
    [InlineData("   1: 0100007F:1F90 0100007F", false)]
    [InlineData("", false)]
    public void Only_a_connected_socket_is_a_connection(string line, bool expected)
    {
        Assert.Equal(expected, TcpConnectionRow.TryParse(line, out var row));
        if (expected)
            Assert.Equal(("127.0.0.1:8080", "127.0.0.1:50000", 577UL), (row.LocalEndPoint.ToString(), row.RemoteEndPoint.ToString(), row.Inode));
    }
}
