using System.Net;
using System.Net.Sockets;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>Where it listens, and who may take part there.</summary>
public sealed class PortTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_an_address_a_taken_8080_means_another_port_that_is_kept_and_said_in_a_sentence()
    {
        // Whoever has 8080 already keeps it: a developer, or else this test.
        using var holder = TryHold(8080);
        int port;
        await using (var server = await MinatoProcess.ServeAsync("--data", _folder["data"]))
        {
            port = server.Port;
            Assert.NotEqual(8080, port);
            await Patience.Until(() => server.Stdout.Contains("Data: ", StringComparison.Ordinal), "all is announced");
            Assert.Contains($"Port 8080 was in use, so this data folder is served on port {port}, now and next time.", server.Stdout);
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        await using (var again = await MinatoProcess.ServeAsync("--data", _folder["data"]))
            Assert.Equal(port, again.Port);
        await using var other = await MinatoProcess.ServeAsync("--data", _folder["other"]);
        Assert.NotEqual(port, other.Port);
    }

    [Fact]
    public async Task An_IPv6_address_is_served_and_written_in_brackets()
    {
        Need.That(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = await MinatoProcess.ServeAsync("[::1]:0", "--memory");
        Assert.Matches(@"^Listening on: \[::1\]:[0-9]+$", await server.FirstLineAsync());
        using var client = await WsClient.ConnectAsync(server.Url);
        await client.HelloAsync();
    }

    [Fact]
    public async Task Localhost_is_both_families_on_one_port()
    {
        Need.That(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = await MinatoProcess.ServeAsync("localhost:0", "--memory");
        await Patience.Until(() => server.Stdout.Contains("Nothing is kept", StringComparison.Ordinal), "all is announced");
        Assert.Contains($"Also on: [::1]:{server.Port}\n", server.Stdout);
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var client = await RawClient.ConnectAsync(new IPEndPoint(address, server.Port));
            await client.SendAsync("hello\n");
            Assert.EndsWith("> hello", await client.ReadLineAsync());
        }
        using var page = await WsClient.ConnectAsync($"http://localhost:{server.Port}");
        await page.HelloAsync();
    }

    [Fact]
    public async Task Where_others_can_connect_guests_are_not_let_in_unless_it_is_written()
    {
        await using (var server = await MinatoProcess.ServeAsync("0.0.0.0:0", "--memory"))
        {
            Assert.Matches(@"^Listening on: 0\.0\.0\.0:[0-9]+$", await server.FirstLineAsync());
            using var client = await WsClient.ConnectAsync(server.Url);
            await client.SendAsync(new { op = "hello", ver = 1 });
            Assert.Equal("login_required", (await client.NextAsync("error")).GetProperty("code").GetString());
            using var terminal = await RawClient.ConnectAsync(server.Port);
            await terminal.SendAsync("hello\n");
            Assert.Equal("* Log in first. /login", await terminal.ReadLineAsync());
        }
        await using var open = await MinatoProcess.ServeAsync("0.0.0.0:0", "--memory", "--access", "guests");
        await Patience.Until(() => open.Stdout.Contains("WARNING", StringComparison.Ordinal), "the warning is said");
        using var guest = await WsClient.ConnectAsync(open.Url);
        await guest.HelloAsync();
    }

    /// <summary>As systemd does it: the socket listens, the process that becomes the server has it as descriptor 3, and LISTEN_PID is its own.</summary>
    [Fact]
    public async Task A_socket_that_was_handed_over_is_served()
    {
        Need.Program("python3");
        const string Launcher = """
            import os, socket, sys
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            os.dup2(s.fileno(), 3); os.set_inheritable(3, True)
            os.environ['LISTEN_PID'] = str(os.getpid()); os.environ['LISTEN_FDS'] = '1'
            print(s.getsockname()[1], file=sys.stderr, flush=True)
            os.execv(sys.argv[1], sys.argv[1:])
            """;
        await using var server = await MinatoProcess.Through("python3", "-c", Launcher, Repository.Executable, "--memory").ReadyAsync();
        Assert.StartsWith($"{server.Port}\n", server.Stderr);
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync("hello\n");
        Assert.EndsWith("> hello", await client.ReadLineAsync());
    }

    private static TcpListener? TryHold(int port)
    {
        try
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
