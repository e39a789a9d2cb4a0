using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>§5.4: one message in several frames.</summary>
internal static class FragmentCases
{
    private const string Broken = "Violation 1002";

    public static IEnumerable<Case> All =>
    [
        new("5.4 two fragments", [.. Begin("Hel"), .. End("lo")], "Text:Hello"),
        new("5.4 an empty first fragment", [.. Begin(""), .. End("Hello")], "Text:Hello"),
        new("5.4 an empty last fragment", [.. Begin("Hello"), .. End("")], "Text:Hello"),
        new("5.4 an empty fragment in between", [.. Begin("Hel"), .. More(""), .. End("lo")], "Text:Hello"),
        new("5.4 nothing but empty fragments", [.. Begin(""), .. More(""), .. More(""), .. End("")], "Text:"),
        new("5.4 a fragment for each byte", [.. Begin(""), .. "Hello".SelectMany(c => More($"{c}")), .. End("")], "Text:Hello"),
        new("5.4 a thousand empty fragments", [.. Begin("a"), .. Enumerable.Repeat(More(""), 1_000).SelectMany(f => f), .. End("b")], "Text:ab"),
        new("5.4 binary fragments", [.. ClientFrame.Of(Opcode.Binary, [0xFF], isFinal: false), .. ClientFrame.Of(Opcode.Continuation, [0xFE])], "Binary:FFFE"),
        new("5.4 fragments that are not ended", [.. Begin("Hello"), .. More(" there")]),
        new("5.4 messages one after the other", [.. Begin("a"), .. End("b"), .. ClientFrame.Of(Opcode.Text, "c"), .. Begin("d"), .. End("e")], "Text:ab", "Text:c", "Text:de"),
        new("5.4 fragments up to the limit", [.. Begin(new string('*', Cases.Limit - 1)), .. End("*")], "Text:" + new string('*', Cases.Limit)),
        new("5.4 fragments over the limit", [.. Begin(new string('*', Cases.Limit - 1)), .. End("**")], "Violation 1009"),
        new("5.4 fragments over the limit, header only", [.. Begin(new string('*', Cases.Limit)), 0x80, 0x81], "Violation 1009"),
        new("5.4 a continuation at the beginning", End("Hello"), Broken),
        new("5.4 a continuation at the beginning, not the last", More("Hello"), Broken),
        new("5.4 a continuation after a whole message", [.. ClientFrame.Of(Opcode.Text, "a"), .. End("b")], "Text:a", Broken),
        new("5.4 a continuation after the last fragment", [.. Begin("a"), .. End("b"), .. End("c")], "Text:ab", Broken),
        new("5.4 a continuation after a ping", [.. ClientFrame.Of(Opcode.Ping, ""), .. End("a")], "Ping:", Broken),
        new("5.4 a text within a text", [.. Begin("a"), .. ClientFrame.Of(Opcode.Text, "b")], Broken),
        new("5.4 a fragmented text within a text", [.. Begin("a"), .. Begin("b")], Broken),
        new("5.4 a binary within a text", [.. Begin("a"), .. ClientFrame.Of(Opcode.Binary, "b")], Broken),
        new("5.4 a text within a binary", [.. ClientFrame.Of(Opcode.Binary, "a", isFinal: false), .. ClientFrame.Of(Opcode.Text, "b")], Broken),
    ];

    private static byte[] Begin(string text) => ClientFrame.Of(Opcode.Text, text, isFinal: false);

    private static byte[] More(string text) => ClientFrame.Of(Opcode.Continuation, text, isFinal: false);

    private static byte[] End(string text) => ClientFrame.Of(Opcode.Continuation, text);
}
