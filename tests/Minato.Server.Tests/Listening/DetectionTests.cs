using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

/// <summary>What becomes of a connection by what it says first, over real sockets.</summary>
public sealed class DetectionTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Silence_is_greeted_and_hears_the_room_and_the_first_line_still_decides()
    {
        using var person = await RawClient.ConnectAsync(_server.Port);
        using var browser = await RawClient.ConnectAsync(_server.Port);
        Assert.Matches(@"^\* Welcome to Minato\. You are guest-[0-9a-f]{6} in #lobby\.", await person.ReadLineAsync("the greeting"));
        Assert.StartsWith("* Welcome", await browser.ReadLineAsync("the greeting"));
        using var other = await RawClient.ConnectAsync(_server.Port);
        await other.SendAsync("anybody here?\n");
        await other.ExpectAsync("anybody here?");
        Assert.EndsWith("> anybody here?", await person.ReadLineAsync());
        Assert.EndsWith("> anybody here?", await browser.ReadLineAsync());
        await person.SendAsync("yes\r\n");
        Assert.EndsWith("> yes", await person.ReadLineAsync());
        Assert.EndsWith("> yes", await browser.ReadLineAsync());
        await browser.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = await RunningServer.ReadAsync(browser);
        Assert.Equal((200, "ok\n"), (answer.Status, answer.Body));
        await person.SendAsync("/who\r\n");
        Assert.StartsWith("* #lobby, 2 here: ", await person.ReadLineAsync()); // the browser is nobody in the room any more
    }

    [Fact]
    public async Task One_who_was_greeted_types_as_slowly_as_they_like()
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.StartAsync(options => options, clock);
        var waiting = clock.Waiting;
        using var person = await RawClient.ConnectAsync(server.Port);
        await Patience.Until(() => clock.Waiting > waiting + 1, "the connection's patience is set");
        clock.Advance(TimeSpan.FromSeconds(2));
        await person.ExpectAsync("* Welcome");
        clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var letter in "HELLO") // may be a method of HTTP until its end
        {
            await person.SendAsync($"{letter}");
            using var other = await RawClient.ConnectAsync(server.Port);
            await other.SendAsync("/rooms\n");
            await other.ExpectAsync("lobby");
        }
        await person.SendAsync("\r\n");
        await person.ExpectAsync("> HELLO");
    }

    [Fact]
    public async Task One_who_was_greeted_and_then_reset_the_connection_is_gone_from_the_room()
    {
        using var greeted = await RawClient.ConnectAsync(_server.Port);
        await greeted.ExpectAsync("* Welcome");
        using var other = await RawClient.ConnectAsync(_server.Port);
        await other.SendAsync("/who\n");
        Assert.StartsWith("* #lobby, 2 here: ", await other.ReadLineAsync());
        greeted.Reset();
        await Patience.Until(
            () =>
            {
                other.SendAsync("/who\n").GetAwaiter().GetResult();
                return other.ReadLineAsync().GetAwaiter().GetResult()!.StartsWith("* #lobby, 1 here: ", StringComparison.Ordinal);
            },
            "the one who is gone is no longer listed");
    }

    [Theory]
    [InlineData("hello there\n", "> hello there")]
    [InlineData("GET me a coffee\n", "> GET me a coffee")]
    [InlineData("PASS me the salt\n", "> PASS me the salt")]
    [InlineData("港\n", "> 港")]
    [InlineData("/who\n", "1 here")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("NICK alice\r\nPING x\r\n", "PONG irc.minato :x")]
    [InlineData("CAP LS 302\r\n", "CAP * LS ")]
    public async Task It_is_decided_the_same_way_byte_by_byte(string first, string answer)
    {
        using var whole = await RawClient.ConnectAsync(_server.Port);
        await whole.SendAsync(first);
        Assert.Contains(answer, await whole.ReadLineAsync());
        whole.Dispose();
        using var slow = await RawClient.ConnectAsync(_server.Port);
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(first))
            await slow.SendAsync([b]);
        if (answer == "1 here")
            Assert.Contains("here", await slow.ReadLineAsync());
        else
            Assert.Contains(answer, await slow.ReadLineAsync());
    }

    [Fact]
    public async Task An_IRC_client_is_welcomed()
    {
        using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync("NICK irene\r\nUSER irene 0 * :Irene\r\nQUIT\r\n");
        Assert.StartsWith(":irc.minato 001 irene :Welcome to Minato, irene\r\n", await client.ReadTextToEndAsync());
    }

    [Fact]
    public async Task A_TLS_hello_gets_an_alert_and_the_end()
    {
        using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, .. new byte[400]]);
        Assert.Equal([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task The_end_of_what_was_never_decided_is_the_end()
    {
        using (await RawClient.ConnectAsync(_server.Port))
        {
            // Connects and closes, as a port scanner does.
        }
        using var nothing = await RawClient.ConnectAsync(_server.Port);
        nothing.FinishSending();
        Assert.Empty(await nothing.ReadToEndAsync());
        using var half = await RawClient.ConnectAsync(_server.Port);
        await half.SendAsync("GET /heal");
        half.FinishSending();
        Assert.Empty(await half.ReadToEndAsync());
        using var line = await RawClient.ConnectAsync(_server.Port);
        await line.SendAsync("hello without an end");
        line.FinishSending();
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello without an end\n$", await line.ReadTextToEndAsync());
    }
}
