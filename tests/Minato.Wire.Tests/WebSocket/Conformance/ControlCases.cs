using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>§5.5: pings and pongs.</summary>
internal static class ControlCases
{
    private const string Broken = "Violation 1002";

    private static readonly byte[] Longest = [.. Enumerable.Range(0, 125).Select(i => (byte)(255 - i))];

    public static IEnumerable<Case> All =>
    [
        new("5.5.2 an empty ping", Ping([]), "Ping:"),
        new("5.5.2 a ping of 125 bytes that are no text", Ping(Longest), "Ping:" + Convert.ToHexString(Longest)),
        new("5.5.2 a hundred pings at once", [.. Enumerable.Range(0, 100).SelectMany(i => Ping([(byte)i]))], [.. Enumerable.Range(0, 100).Select(i => $"Ping:{i:X2}")]),
        new("5.5 a ping of 126 bytes", Ping(new byte[126]), Broken),
        new("5.5 a ping of 126 bytes, header only", [0x89, 0xFE], Broken),
        new("5.5 a ping whose length stands in 64 bits", [0x89, 0xFF], Broken),
        new("5.5 a pong of 126 bytes", ClientFrame.Of(Opcode.Pong, new byte[126]), Broken),
        new("5.5 a fragmented ping", ClientFrame.Of(Opcode.Ping, "", isFinal: false), Broken),
        new("5.5 a fragmented pong", ClientFrame.Of(Opcode.Pong, "", isFinal: false), Broken),
        new("5.5 a fragmented close", ClientFrame.Of(Opcode.Close, "", isFinal: false), Broken),
        new("5.5.3 a pong that nobody asked for", ClientFrame.Of(Opcode.Pong, [1]), "Pong:01"),
        new("5.5.3 a pong, then a ping", [.. ClientFrame.Of(Opcode.Pong, [1]), .. Ping([2])], "Pong:01", "Ping:02"),
        new(
            "5.4 pings between fragments",
            [.. Text("a"), .. Ping([1]), .. More("b"), .. Ping([2]), .. Ping(Longest), .. ClientFrame.Of(Opcode.Pong, []), .. ClientFrame.Of(Opcode.Continuation, "c")],
            "Ping:01", "Ping:02", "Ping:" + Convert.ToHexString(Longest), "Pong:", "Text:abc"),
        new("5.4 a ping within a character", [.. ClientFrame.Of(Opcode.Text, [0xE6], isFinal: false), .. Ping([0xFF]), .. ClientFrame.Of(Opcode.Continuation, [0xB8, 0xAF])], "Ping:FF", "Text:港"),
        new("5.5 a ping that is too long between fragments", [.. Text("a"), .. Ping(new byte[126])], Broken),
        new("5.5 half a ping", Ping([1, 2, 3])[..^1]),
    ];

    private static byte[] Ping(byte[] payload) => ClientFrame.Of(Opcode.Ping, payload);

    private static byte[] Text(string text) => ClientFrame.Of(Opcode.Text, text, isFinal: false);

    private static byte[] More(string text) => ClientFrame.Of(Opcode.Continuation, text, isFinal: false);
}
