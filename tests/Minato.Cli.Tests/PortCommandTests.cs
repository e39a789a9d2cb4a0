using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary><c>minato port</c> as scripts use it.</summary>
public sealed class PortCommandTests
{
    [Fact]
    public async Task A_free_port_is_the_only_thing_on_stdout()
    {
        var (code, stdout, _) = await MinatoProcess.RunAsync("port");
        Assert.Equal(0, code);
        var port = int.Parse(stdout.TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        (_, stdout, _) = await MinatoProcess.RunAsync("port", "--json");
        Assert.InRange(JsonDocument.Parse(stdout).RootElement.GetProperty("port").GetInt32(), 1024, 65535);
    }

    [Fact]
    public async Task A_port_that_is_held_is_given_to_nobody_else_until_the_time_is_over()
    {
        var (_, stdout, _) = await MinatoProcess.RunAsync("port", "--hold", "3s");
        var port = stdout.TrimEnd();
        var (code, _, stderr) = await MinatoProcess.RunAsync("port", "--prefer", port, "--strict");
        Assert.Equal(3, code);
        Assert.Contains($"Port {port} is leased", stderr, StringComparison.Ordinal);
        var (_, other, _) = await MinatoProcess.RunAsync("port", "--prefer", port);
        Assert.NotEqual(port, other.TrimEnd());
        // Until then somebody else is refused, from then on nobody is: asked again and again, as whoever waits for it would.
        using var patience = new CancellationTokenSource(Patience.Long);
        while (code != 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            (code, stdout, _) = await MinatoProcess.RunAsync("port", "--prefer", port, "--strict");
        }
        Assert.Equal(port, stdout.TrimEnd());
    }

    [Fact]
    public async Task Who_names_the_holder_in_a_sentence_and_in_JSON()
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        socket.Listen();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        var (code, stdout, _) = await MinatoProcess.RunAsync("port", "who", port);
        Assert.Equal(0, code);
        Assert.StartsWith($"[::1]:{port}  Minato.Cli.Tests (pid {Environment.ProcessId}), since ", stdout, StringComparison.Ordinal);
        (_, stdout, _) = await MinatoProcess.RunAsync("port", "who", port, "--json");
        var holder = Assert.Single(JsonDocument.Parse(stdout).RootElement.EnumerateArray());
        Assert.Equal(Environment.ProcessId, holder.GetProperty("pid").GetInt32());
    }

    [Theory]
    [InlineData(2, "99999 is not a port", "port", "who", "99999")]
    [InlineData(2, "--prefer 0: a port is a number from 1 to 65535", "port", "--prefer", "0")]
    [InlineData(2, "--prefer many: a port is a number from 1 to 65535", "port", "--prefer", "many")]
    [InlineData(2, "\"soon\" is not a time: write 500ms, 60s, 5m or 2h", "port", "--hold", "soon")]
    [InlineData(2, "A key of a port is 1 to 128 characters", "port", "--sticky", "")]
    [InlineData(1, "nobody listens on port 1.", "port", "who", "1")]
    public async Task What_is_wrong_is_said_in_a_sentence(int expected, string sentence, params string[] arguments)
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync(arguments);
        Assert.Equal((expected, ""), (code, stdout));
        Assert.Contains(sentence, stderr, StringComparison.Ordinal);
    }
}
