using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>§5.5.1 and §7: closing, from the peer's side.</summary>
internal static class CloseCases
{
    private static readonly int[] MayBeSent = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

    private static readonly int[] MustNotBeSent = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535];

    public static IEnumerable<Case> All =>
    [
        new("5.5.1 an empty close", ClientFrame.Of(Opcode.Close, ""), "Close 1005:"),
        new("5.5.1 half a code", ClientFrame.Of(Opcode.Close, "x"), "Violation 1002"),
        new("5.5.1 a code without a reason", ClientFrame.Close(1000), "Close 1000:"),
        new("5.5.1 a reason", ClientFrame.Close(1001, "\xE6\xB8\xAF"), "Close 1001:港"),
        new("5.5.1 the longest reason", ClientFrame.Close(1000, new string('*', 123)), "Close 1000:" + new string('*', 123)),
        new("5.5.1 a reason that is too long", ClientFrame.Close(1000, new string('*', 124)), "Violation 1002"),
        new("5.5.1 a reason that is not UTF-8", ClientFrame.Close(1000, "\xFF"), "Violation 1007"),
        new("5.5.1 a reason that is cut within a character", ClientFrame.Close(1000, "\xE6\xB8"), "Violation 1007"),
        new("5.5.1 text after a close", [.. ClientFrame.Close(1000), .. ClientFrame.Of(Opcode.Text, "too late")], "Close 1000:"),
        new("5.5.1 a ping after a close", [.. ClientFrame.Close(1000), .. ClientFrame.Of(Opcode.Ping, "")], "Close 1000:"),
        new("5.5.1 rubbish after a close", [.. ClientFrame.Close(1000), 0xFF, 0xFF, 0xFF], "Close 1000:"),
        new("5.5.1 a second close", [.. ClientFrame.Close(1000), .. ClientFrame.Close(1001)], "Close 1000:"),
        new("5.5.1 a close while fragments are open", [.. ClientFrame.Of(Opcode.Text, "a", isFinal: false), .. ClientFrame.Close(1000)], "Close 1000:"),
        new("5.5.1 a close behind a message", [.. ClientFrame.Of(Opcode.Text, "a"), .. ClientFrame.Close(1000)], "Text:a", "Close 1000:"),
        new("7.1.7 a message after a violation", [0x81, 0x00, .. ClientFrame.Of(Opcode.Text, "too late")], "Violation 1002"),
        new("7.1.7 a close after a violation", [0x81, 0x00, .. ClientFrame.Close(1000)], "Violation 1002"),
        .. MayBeSent.Select(code => new Case($"7.4 code {code}", ClientFrame.Close(code, "why"), $"Close {code}:why")),
        .. MustNotBeSent.Select(code => new Case($"7.4 code {code}", ClientFrame.Close(code, "why"), "Violation 1002")),
    ];
}
