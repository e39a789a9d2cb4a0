using System.Text;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>§8.1: text is UTF-8, and what cannot become it any more is refused without waiting for the rest.</summary>
internal static class TextCases
{
    private const string NotText = "Violation 1007";

    /// <summary>First and last of each length, those around the surrogates, and characters that are no letters.</summary>
    private static readonly string[] Valid =
        ["\0", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFE", "\uFFFF", "\U00010000", "\U0001FFFF", "\U0010FFFF", "κόσμε", "港とport", "👩‍👩‍👧‍👦", "\uFEFFx"];

    /// <summary>Bytes in hexadecimal; the last is the one from which on it is wrong.</summary>
    private static readonly string[] Invalid =
    [
        "80", "BF", "FE", "FF", // a continuation at the beginning, never a byte of UTF-8
        "C0", "C1", "F5", "F8", "FC", // overlong or beyond by the lead byte alone
        "E080", "E09F", "F080", "F08F", // overlong
        "EDA0", "EDBF", // surrogates
        "F490", "F4BF", // above U+10FFFF
        "C328", "C3C3", "E628", "E6B828", "E6B8E6", "F09F28", "F09F9828", "F09F98F0", // a character that is broken off
        "41E6B8AF80", "E6B8AFC0",
    ];

    /// <summary>Whole as frames, and not as texts.</summary>
    private static readonly string[] Cut = ["C3", "E6", "E6B8", "F0", "F09F", "F09F98", "41E6B8"];

    public static IEnumerable<Case> All => [.. Whole(), .. Wrong(), .. BrokenOff()];

    private static IEnumerable<Case> Whole()
    {
        foreach (var text in Valid)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var name = Convert.ToHexString(bytes);
            yield return new($"8.1 {name}", ClientFrame.Of(Opcode.Text, bytes), $"Text:{text}");
            yield return new($"8.1 {name}, a fragment for each byte", Fragments(bytes, isFinal: true), $"Text:{text}");
            yield return new($"8.1 {name}, not the whole text yet", Fragments(bytes, isFinal: false));
        }
    }

    private static IEnumerable<Case> Wrong()
    {
        foreach (var name in Invalid)
        {
            var bytes = Convert.FromHexString(name);
            yield return new($"8.1 {name}", ClientFrame.Of(Opcode.Text, bytes), NotText);
            yield return new($"8.1 {name} behind a text", [.. ClientFrame.Of(Opcode.Text, "fine"), .. ClientFrame.Of(Opcode.Text, bytes)], "Text:fine", NotText);
            yield return new($"8.1 {name} in a message that goes on", ClientFrame.Of(Opcode.Text, bytes, isFinal: false), NotText);
            yield return new($"8.1 {name}, a fragment for each byte", Fragments(bytes, isFinal: false), NotText);
            yield return new($"8.1 {name} in a frame that goes on", ClientFrame.Of(Opcode.Text, [.. bytes, 0, 0, 0])[..^3], NotText);
            yield return new($"8.1 {name} but for the last byte", ClientFrame.Of(Opcode.Text, [.. bytes, 0, 0, 0])[..^4]);
            yield return new($"8.1 {name} is fine in bytes", ClientFrame.Of(Opcode.Binary, bytes), $"Binary:{name}");
        }
    }

    private static IEnumerable<Case> BrokenOff()
    {
        foreach (var name in Cut)
        {
            var bytes = Convert.FromHexString(name);
            yield return new($"8.1 {name} at the end", ClientFrame.Of(Opcode.Text, bytes), NotText);
            yield return new($"8.1 {name} at the end of the fragments", Fragments(bytes, isFinal: true), NotText);
            yield return new($"8.1 {name} and an empty last fragment", [.. Fragments(bytes, isFinal: false), .. ClientFrame.Of(Opcode.Continuation, "")], NotText);
        }
    }

    private static byte[] Fragments(byte[] text, bool isFinal) =>
    [
        .. text.SelectMany((b, i) => ClientFrame.Of(i == 0 ? Opcode.Text : Opcode.Continuation, [b], isFinal && i == text.Length - 1)),
    ];
}
