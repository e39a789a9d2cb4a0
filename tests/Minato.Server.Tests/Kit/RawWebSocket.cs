using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests;

/// <summary>A WebSocket client without a library between it and the bytes: it may break every rule, and holds the server to each.</summary>
internal sealed class RawWebSocket(RawClient client) : IDisposable
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>RFC 6455, 1.3: the answer to <see cref="Key"/>.</summary>
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public RawClient Client => client;

    /// <param name="more">Header lines besides, each with its CRLF. With a <c>TE</c> the head is unusual, and Kestrel makes the upgrade.</param>
    public static string Head(int port, string more = "") =>
        $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: {Key}\r\nSec-WebSocket-Protocol: minato.v1\r\n{more}\r\n";

    /// <summary>Connected and upgraded.</summary>
    public static async Task<RawWebSocket> ConnectAsync(int port, string more = "")
    {
        var client = await RawClient.ConnectAsync(port);
        await client.SendAsync(Head(port, more));
        await ReadUpgradeAsync(client);
        return new RawWebSocket(client);
    }

    /// <summary>Connected, upgraded and welcomed.</summary>
    public static async Task<RawWebSocket> WelcomeAsync(int port, string more = "")
    {
        var socket = await ConnectAsync(port, more);
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        Assert.Equal("welcome", Op(await socket.ReadFrameAsync()));
        return socket;
    }

    public static async Task ReadUpgradeAsync(RawClient client)
    {
        var (status, headers, _) = await RunningServer.ReadAsync(client);
        Assert.Equal(101, status);
        Assert.Equal((Accept, "minato.v1"), (headers["Sec-WebSocket-Accept"], headers["Sec-WebSocket-Protocol"]));
        Assert.DoesNotContain("Sec-WebSocket-Extensions", headers.Keys);
    }

    public Task SendTextAsync(string text) => client.SendAsync(ClientFrame.Of(Opcode.Text, text));

    /// <summary>The next frame, which keeps all rules for a server's; null where the connection ends.</summary>
    public async Task<(Opcode Opcode, byte[] Payload)?> ReadFrameAsync()
    {
        if (await client.TryReadByteAsync("a frame") is not { } first)
            return null;
        var second = (await client.ReadBytesAsync(1))[0];
        Assert.Equal(0x80, first & 0xF0); // whole, and no extension
        Assert.True(second < 0x80, "A server's frame is masked.");
        var length = second switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await client.ReadBytesAsync(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(await client.ReadBytesAsync(8)),
            _ => second,
        };
        Assert.True(second == (length > ushort.MaxValue ? 127 : length > 125 ? 126 : length), $"{length} is not in its shortest form.");
        var opcode = (Opcode)(first & 0x0F);
        Assert.True(opcode is Opcode.Text or Opcode.Binary || (opcode is Opcode.Close or Opcode.Ping or Opcode.Pong && length <= 125), $"A frame {opcode} of {length} bytes.");
        return (opcode, await client.ReadBytesAsync((int)length));
    }

    /// <summary>All frames until the connection ends, in words: <c>error bad_frame</c>, <c>Pong:0102</c>, <c>Close 1000</c>.</summary>
    public Task<List<string>> ReadToEndAsync() => ReadAsync(int.MaxValue);

    public async Task<List<string>> ReadAsync(int atMost)
    {
        var seen = new List<string>();
        while (seen.Count < atMost && await ReadFrameAsync() is var (opcode, payload))
            seen.Add(opcode switch
            {
                Opcode.Text => Words(payload),
                Opcode.Close when payload.Length == 0 => "Close 1005",
                Opcode.Close => $"Close {BinaryPrimitives.ReadUInt16BigEndian(payload)}" + (Strict.GetString(payload, 2, payload.Length - 2) is "" ? "" : " why"),
                _ => $"{opcode}:{Convert.ToHexString(payload)}",
            });
        return seen;
    }

    public static string? Op((Opcode Opcode, byte[] Payload)? frame) =>
        frame is (Opcode.Text, var payload) ? JsonDocument.Parse(payload).RootElement.GetProperty("op").GetString() : null;

    public void Dispose() => client.Dispose();

    private static string Words(byte[] payload)
    {
        using var json = JsonDocument.Parse(Strict.GetString(payload));
        var op = json.RootElement.GetProperty("op").GetString()!;
        return json.RootElement.TryGetProperty("code", out var code) ? $"{op} {code.GetString()}" : op;
    }
}
