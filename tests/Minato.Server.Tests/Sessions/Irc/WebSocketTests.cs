using System.Buffers.Binary;
using System.Text;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/websocket</summary>
public sealed class WebSocketTests
{
    [Theory]
    [InlineData(Opcode.Text)]
    [InlineData(Opcode.Binary)]
    public async Task A_client_on_a_WebSocket_and_one_of_lines_are_told_the_same(Opcode kind)
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, kind, "alice");
        using var bob = await host.IrcAsync("bob");
        Assert.Contains(":alice!~alice@host JOIN #a", await alice.DoAsync("JOIN #a"));
        await bob.DoAsync("JOIN #a");
        Assert.Equal([":bob!~bob@host JOIN #a", ":alice!~alice@host MODE #a +o bob"], await alice.DoAsync("MODE #a +o bob"));
        await bob.SeeAsync();
        await alice.DoAsync("PRIVMSG #a :hello 港", "PRIVMSG bob :only you");
        Assert.Equal([":alice!~alice@host PRIVMSG #a :hello 港", ":alice!~alice@host PRIVMSG bob :only you"], await bob.SeeAsync());
        await bob.DoAsync("PRIVMSG #a :one", "PRIVMSG #a :two", "TOPIC #a :t", "NICK bobby", "PART #a :bye");
        Assert.Equal(
            [
                ":bob!~bob@host PRIVMSG #a :one", ":bob!~bob@host PRIVMSG #a :two", ":bob!~bob@host TOPIC #a :t", ":bob!~bob@host NICK :bobby",
                ":bobby!~bob@host PART #a :bye",
            ],
            await alice.DoAsync());
    }

    /// <summary>Libraries differ in what they send, and all of it says the same.</summary>
    [Fact]
    public async Task A_message_of_the_other_kind_in_fragments_or_with_a_line_end_is_a_line_all_the_same()
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, Opcode.Text, "alice");
        await alice.Socket.Client.SendAsync(
        [
            .. ClientFrame.Of(Opcode.Binary, "PING binary"), .. ClientFrame.Of(Opcode.Text, "PING ended\r\n"), .. ClientFrame.Of(Opcode.Text, "PING fra", isFinal: false),
            .. ClientFrame.Of(Opcode.Continuation, "gments"), .. ClientFrame.Of(Opcode.Text, ""), .. ClientFrame.Of(Opcode.Text, "PING one\nPING two"),
        ]);
        Assert.Equal(
            new[] { "binary", "ended", "fragments", "one", "two" }.Select(word => $":irc.minato PONG irc.minato :{word}"), await alice.DoAsync());
    }

    [Fact]
    public async Task A_line_that_is_too_long_or_not_text_is_answered_and_the_connection_goes_on()
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, Opcode.Binary, "alice");
        await alice.SendAsync("PING " + new string('x', 506));
        await alice.Socket.Client.SendAsync(ClientFrame.Of(Opcode.Binary, [.. "PRIVMSG #a :"u8, 0xAA]));
        Assert.Equal(
            [":irc.minato 417 alice :Input line was too long", ":irc.minato FAIL PRIVMSG INVALID_UTF8 :Only UTF-8 is understood here, and no NUL: nothing was done"],
            await alice.DoAsync());
        Assert.Single(await alice.DoAsync("PING " + new string('x', 505)));
    }

    [Fact]
    public async Task A_ping_is_answered_a_close_is_repeated_and_QUIT_closes_behind_its_ERROR()
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, Opcode.Text, "alice");
        await alice.Socket.Client.SendAsync([.. ClientFrame.Of(Opcode.Ping, "a"), .. ClientFrame.Close(1000)]);
        Assert.Equal((Opcode.Pong, "a"), Shown(await alice.Socket.ReadFrameAsync()));
        Assert.Equal((Opcode.Close, "1000"), Shown(await alice.Socket.ReadFrameAsync()));
        Assert.Null(await alice.Socket.ReadFrameAsync());
        using var bob = await WelcomeAsync(host, Opcode.Text, "bob");
        await bob.SendAsync("QUIT :bye");
        Assert.Equal((Opcode.Text, "ERROR :Closing link: Quit: bye"), Shown(await bob.Socket.ReadFrameAsync()));
        Assert.Equal((Opcode.Close, "1000"), Shown(await bob.Socket.ReadFrameAsync()));
    }

    [Fact]
    public async Task A_message_of_more_than_16_KiB_and_text_that_is_no_UTF_8_are_closed_as_the_RFC_says()
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, Opcode.Text, "alice");
        await alice.SendAsync(new string('x', 16 * 1024));
        Assert.Equal((Opcode.Close, "1009"), Shown(await alice.Socket.ReadFrameAsync()));
        using var bob = await WelcomeAsync(host, Opcode.Text, "bob");
        await bob.Socket.Client.SendAsync(ClientFrame.Of(Opcode.Text, [0xAA]));
        Assert.Equal((Opcode.Close, "1007"), Shown(await bob.Socket.ReadFrameAsync()));
    }

    [Fact]
    public async Task History_is_a_batch_of_messages_each_in_its_own_frame()
    {
        await using var host = new SessionHost();
        using var alice = await WelcomeAsync(host, Opcode.Text, "alice");
        await alice.DoAsync("CAP REQ :batch draft/chathistory message-tags server-time", "JOIN #a", "PRIVMSG #a :one", "PRIVMSG #a :two");
        var lines = await alice.DoAsync("CHATHISTORY LATEST #a * 10");
        Assert.Equal(4, lines.Count);
        Assert.StartsWith("@draft/chathistory-end :irc.minato BATCH +", lines[0]);
        Assert.EndsWith("PRIVMSG #a :two", lines[2]);
    }

    /// <summary>Both ways in: bytes that the dispatcher takes, and what Kestrel is left with.</summary>
    [Theory]
    [InlineData("/ws", "Sec-WebSocket-Protocol: text.ircv3.net\r\n", "text.ircv3.net", Opcode.Text)]
    [InlineData("/ws", "Sec-WebSocket-Protocol: binary.ircv3.net, text.ircv3.net\r\nTE: trailers\r\n", "binary.ircv3.net", Opcode.Binary)]
    [InlineData("/irc", "", null, Opcode.Text)]
    [InlineData("/irc", "TE: trailers\r\n", null, Opcode.Text)]
    [InlineData("/irc", "Sec-WebSocket-Protocol: binary.ircv3.net\r\n", "binary.ircv3.net", Opcode.Binary)]
    public async Task An_upgrade_says_what_is_spoken(string path, string headers, string? protocol, Opcode kind)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(Head(server.Port, path, headers));
        var (status, answered, _) = await RunningServer.ReadAsync(client);
        Assert.Equal((101, protocol), (status, answered.GetValueOrDefault("Sec-WebSocket-Protocol")));
        using var irc = new FramedIrcClient(new RawWebSocket(client), kind);
        Assert.StartsWith(":irc.minato 001 alice ", (await irc.DoAsync("NICK alice", "USER alice 0 * :Alice"))[0]);
    }

    [Theory]
    [InlineData("/ws", "")]
    [InlineData("/ws", "Sec-WebSocket-Protocol: chat\r\n")]
    [InlineData("/irc", "Sec-WebSocket-Protocol: minato.v1\r\n")]
    [InlineData("/irc", "Sec-WebSocket-Protocol: minato.v1\r\nTE: trailers\r\n")]
    public async Task Whoever_offers_nothing_that_is_spoken_there_is_told_what_is(string path, string headers)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(Head(server.Port, path, headers));
        Assert.Equal(426, (await RunningServer.ReadAsync(client)).Status);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_at_irc_as_well()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(Head(server.Port, "/irc", "Origin: https://evil.example\r\n"));
        Assert.Equal(403, (await RunningServer.ReadAsync(client)).Status);
    }

    private static async Task<FramedIrcClient> WelcomeAsync(SessionHost host, Opcode kind, string nick)
    {
        var client = new FramedIrcClient(host.IrcWebSocket(kind), kind);
        await client.DoAsync($"NICK {nick}", $"USER {nick} 0 * :x");
        return client;
    }

    private static string Head(int port, string path, string headers) =>
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {RawWebSocket.Key}\r\n{headers}\r\n";

    private static (Opcode, string)? Shown((Opcode Opcode, byte[] Payload)? frame) => frame is not var (opcode, payload) ? null
        : (opcode, opcode == Opcode.Close ? $"{BinaryPrimitives.ReadUInt16BigEndian(payload)}" : Encoding.UTF8.GetString(payload));
}
