using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>Ten thousand who connect and say nothing, or half of something, keep nobody out and leave nothing behind.</summary>
public sealed class FloodTests
{
    private const int Wanted = 10_000;

    /// <summary>This process needs some for itself, and so does the server, which inherits the limit.</summary>
    private const int Kept = 1_500;

    private static readonly byte[][] Beginnings = [[], [.. "GET /heal"u8], [0x16, 0x03, 0x01, 0x02], [.. "NIC"u8], [.. "\r\n"u8]];

    [Fact]
    public async Task Undecided_connections_held_open_keep_no_honest_client_waiting()
    {
        using var folder = new TempFolder();
        var own = TestCertificate.For("localhost");
        var (certificate, key) = own.WriteTo(folder);
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory", "--tls-cert", certificate, "--tls-key", key);
        var count = Math.Min(Wanted, Limit() - Kept);
        var before = Descriptors(server.Pid);

        var flood = new List<Socket>(count);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(async () =>
            {
                for (var i = part; i < count; i += 8)
                {
                    var socket = await OpenAsync(server.Port, Beginnings[i % Beginnings.Length]);
                    lock (flood)
                        flood.Add(socket);
                    if (i % 500 == 0)
                        await VisitAsync(server, own);
                }
            }))).Within("the flood", TimeSpan.FromSeconds(60));
            for (var i = 0; i < 5; i++)
                await VisitAsync(server, own);
            Assert.Contains("Too many undecided connections", server.Stderr);
            Assert.Single(server.Stderr.Split('\n'), l => l.Contains("Too many undecided", StringComparison.Ordinal));
            Assert.True(Descriptors(server.Pid) < before + 4_600, "More are held than the bound of this machine allows.");
        }
        finally
        {
            flood.ForEach(s => s.Dispose());
        }
        await Patience.Until(() => Descriptors(server.Pid) < before + 50, "the descriptors come back");
        await VisitAsync(server, own);
    }

    /// <summary>One of every protocol, all of whom get their answer.</summary>
    private static async Task VisitAsync(MinatoProcess server, TestCertificate own)
    {
        using var lines = await RawClient.ConnectAsync(server.Port);
        await lines.SendAsync("honest\n");
        await lines.ExpectAsync("> honest");
        using var http = await RawClient.ConnectAsync(server.Port);
        await http.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 OK", await http.ReadLineAsync());
        using var socket = await WsClient.ConnectAsync(server.Url);
        await socket.HelloAsync();
        using var raw = await RawClient.ConnectAsync(server.Port);
        using var inside = await raw.SecureAsync(own.Client());
        await inside.SendAsync("honest inside\n");
        await inside.ExpectAsync("> honest inside");
    }

    private static async Task<Socket> OpenAsync(int port, byte[] beginning)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        if (beginning.Length > 0)
            await socket.SendAsync(beginning);
        return socket;
    }

    private static int Descriptors(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    private static int Limit() => int.Parse(
        File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
}
