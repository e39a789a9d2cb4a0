using System.Diagnostics;
using System.Globalization;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

/// <summary>A connection that a browser opened ahead of need is not greeted; one of any other program is.</summary>
public sealed class SilentPeersTests : IAsyncLifetime
{
    /// <summary>Connects, waits until it is told to go on, shows what has come unasked, then asks and shows the answer.</summary>
    private const string EarlyConnection = """
        import socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        print('connected', flush=True)
        sys.stdin.readline()
        s.setblocking(False)
        try: print('unasked', s.recv(9), flush=True)
        except BlockingIOError: print('nothing', flush=True)
        s.setblocking(True)
        s.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
        print(s.makefile('rb').readline().decode().split('\r')[0][-15:], flush=True)
        """;

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("--utility-sub-type=network.mojom.NetworkService", "nothing")]
    [InlineData("--anything-else", "unasked b'* Welcome'")]
    public async Task Chromiums_network_process_is_not_greeted(string argument, string expected)
    {
        Need.Program("python3");
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments = ["-c", EarlyConnection, _server.Port.ToString(CultureInfo.InvariantCulture), argument];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var early = Process.Start(start)!;
        Assert.Equal("connected", await early.StandardOutput.ReadLineAsync());
        // Two that came later are greeted, one after the other has been looked at: then the first one has been, too.
        for (var later = 0; later < 2; later++)
        {
            using var person = await RawClient.ConnectAsync(_server.Port);
            await person.ExpectAsync("* Welcome");
        }
        await early.StandardInput.WriteLineAsync("go on");
        Assert.Equal(expected, await early.StandardOutput.ReadLineAsync());
        if (expected == "nothing")
            Assert.Equal("HTTP/1.1 200 OK", await early.StandardOutput.ReadLineAsync());
        early.Kill();
        await early.WaitForExitAsync();
    }
}
