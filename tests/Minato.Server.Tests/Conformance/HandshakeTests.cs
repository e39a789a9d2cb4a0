using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Conformance;

/// <summary>RFC 6455, section 4, over real sockets: who is let in, who is told why not, and that no byte behind the head is lost.</summary>
public sealed class HandshakeTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly byte[] Hello = ClientFrame.Of(Opcode.Text, """{"op":"hello","ver":1}""");

    [Theory]
    [InlineData("")]
    [InlineData("TE: trailers\r\n")]
    public async Task What_follows_the_head_in_the_same_bytes_is_read(string more)
    {
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync([.. Bytes(RawWebSocket.Head(server.Port, more)), .. Hello, .. ClientFrame.Of(Opcode.Ping, "p")]);
        await WelcomedAsync(client);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TE: trailers\r\n")]
    public async Task A_head_and_a_hello_may_come_byte_by_byte(string more)
    {
        using var client = await RawClient.ConnectAsync(server.Port);
        foreach (var b in (byte[])[.. Bytes(RawWebSocket.Head(server.Port, more)), .. Hello])
            await client.SendAsync([b]);
        await client.SendAsync(ClientFrame.Of(Opcode.Ping, "p"));
        await WelcomedAsync(client);
    }

    [Fact]
    public async Task A_head_may_be_cut_anywhere()
    {
        byte[] bytes = [.. Bytes(RawWebSocket.Head(server.Port)), .. Hello, .. ClientFrame.Of(Opcode.Ping, "p")];
        for (var at = 1; at < bytes.Length; at += 3)
        {
            using var client = await RawClient.ConnectAsync(server.Port);
            await client.SendAsync(bytes[..at]);
            await client.SendAsync(bytes[at..]);
            await WelcomedAsync(client);
        }
    }

    [Theory]
    [InlineData("Connection: Upgrade", "connection: keep-alive, UPGRADE")]
    [InlineData("Connection: Upgrade", "Connection: keep-alive\nConnection: Upgrade")]
    [InlineData("Connection: Upgrade", "Connection:\tkeep-alive ,\t upgrade , ,")]
    [InlineData("Upgrade: websocket", "UPGRADE: WebSocket")]
    [InlineData("Upgrade: websocket", "Upgrade: h2c, websocket")]
    [InlineData("Sec-WebSocket-Protocol: minato.v1", "Sec-WebSocket-Protocol: chat, minato.v1, superchat")]
    [InlineData("Sec-WebSocket-Protocol: minato.v1", "Sec-WebSocket-Protocol: chat\nSec-WebSocket-Protocol: minato.v1")]
    [InlineData("Sec-WebSocket-Version: 13", "sec-websocket-version:13\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")]
    [InlineData("GET /ws ", "GET /ws?client=1 ")]
    [InlineData("Host: 127.0.0.1", "Host: LOCALHOST")]
    [InlineData("GET /ws ", "GET http://127.0.0.1:PORT/ws ")]
    public async Task Other_ways_to_say_it_right_are_let_in(string instead, string of)
    {
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync([.. Bytes(Changed(instead, of)), .. Hello, .. ClientFrame.Of(Opcode.Ping, "p")]);
        await WelcomedAsync(client);
    }

    [Theory]
    [InlineData("Connection: Upgrade\n", "", 400)]
    [InlineData("Connection: Upgrade", "Connection: close", 400)]
    [InlineData("Upgrade: websocket\n", "", 400)]
    [InlineData("Upgrade: websocket", "Upgrade: websockets", 400)]
    [InlineData("Upgrade: websocket", "Upgrade: websocket/13", 400)]
    [InlineData("Sec-WebSocket-Key: " + RawWebSocket.Key + "\n", "", 400)]
    [InlineData("Sec-WebSocket-Key: " + RawWebSocket.Key, "Sec-WebSocket-Key: " + RawWebSocket.Key + "\nSec-WebSocket-Key: " + RawWebSocket.Key, 400)]
    [InlineData(RawWebSocket.Key, "dGhlIHNhbXBsZSBub25j", 400)]
    [InlineData(RawWebSocket.Key, "dGhlIHNhbXBsZSBub25jZTEy", 400)]
    [InlineData(RawWebSocket.Key, "dGhlIHNhbXBsZSBub25jZQ", 400)]
    [InlineData(RawWebSocket.Key, "dGhlIHNhbXBsZSBub25jZQ==,", 400)]
    [InlineData("Sec-WebSocket-Version: 13\n", "", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 12", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 013", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13\nSec-WebSocket-Version: 13", 426)]
    [InlineData("Sec-WebSocket-Protocol: minato.v1\n", "", 426)]
    [InlineData("minato.v1", "minato.v2", 426)]
    [InlineData("minato.v1", "MINATO.V1", 426)]
    [InlineData("Host: 127.0.0.1:PORT\n", "", 400)]
    [InlineData("Host: 127.0.0.1:PORT", "Host: evil.example", 400)]
    [InlineData("Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT\nHost: 127.0.0.1:PORT", 400)]
    [InlineData("Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT\nOrigin: null", 403)]
    [InlineData("Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT\nOrigin: http://evil.example", 403)]
    [InlineData("Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT\nVia: 1.1 somebody", 403)]
    [InlineData("GET /ws ", "POST /ws ", 405)]
    [InlineData("HTTP/1.1", "HTTP/1.0", 400)]
    [InlineData("HTTP/1.1", "HTTP/1.2", 505)]
    [InlineData("Upgrade: websocket", "Upgrade: websocket\n folded", 400)]
    [InlineData("Upgrade: websocket", "Upgrade : websocket", 400)]
    [InlineData("Upgrade: websocket", "Upgrade: web\0socket", 400)]
    public async Task What_is_wrong_is_refused_and_is_no_WebSocket(string instead, string of, int expected)
    {
        using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync([.. Bytes(Changed(instead, of)), .. Hello]);
        var (status, headers, _) = await RunningServer.ReadAsync(client);
        client.FinishSending();
        Assert.Equal(expected, status);
        Assert.DoesNotContain("Sec-WebSocket-Accept", headers.Keys);
        if (status == 426)
            Assert.Equal("websocket", headers["Upgrade"]);
        if (status == 426 && instead.StartsWith("Sec-WebSocket-Version", StringComparison.Ordinal))
            Assert.Equal("13", headers["Sec-WebSocket-Version"]);
        Assert.DoesNotContain("welcome", await client.ReadTextToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task WelcomedAsync(RawClient client)
    {
        await RawWebSocket.ReadUpgradeAsync(client);
        using var socket = new RawWebSocket(client);
        Assert.Equal(["Pong:70", "welcome"], (await socket.ReadAsync(2)).Order());
    }

    private string Changed(string instead, string of)
    {
        var head = RawWebSocket.Head(server.Port);
        var changed = head.Replace(OnWire(instead), OnWire(of), StringComparison.Ordinal);
        Assert.NotEqual(head, changed);
        return changed;

        string OnWire(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("PORT", $"{server.Port}", StringComparison.Ordinal);
    }

    private static byte[] Bytes(string head) => System.Text.Encoding.ASCII.GetBytes(head);
}
