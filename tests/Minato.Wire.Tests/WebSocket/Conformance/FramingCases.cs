using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>§5.2 and §5.3: headers, lengths and masks.</summary>
internal static class FramingCases
{
    private const string TooBig = "Violation 1009";
    private const string Broken = "Violation 1002";

    public static IEnumerable<Case> All => [.. Lengths(), .. WrongLengths(), .. Bits(), .. Masks()];

    private static IEnumerable<Case> Lengths()
    {
        foreach (var length in new[] { 0, 1, 125, 126, 127, 65535, 65536 })
        {
            var payload = new string('*', length);
            yield return new($"5.2 text of {length} bytes", ClientFrame.Of(Opcode.Text, payload), "Text:" + payload);
            yield return new($"5.2 binary of {length} bytes", ClientFrame.Of(Opcode.Binary, new byte[length]), "Binary:" + new string('0', 2 * length));
        }

        yield return new("5.2 one byte over the limit", ClientFrame.Of(Opcode.Text, new string('*', Cases.Limit + 1)), TooBig);
        yield return new("5.2 one byte over the limit, header only", Convert.FromHexString("81FF0000000000010001"), TooBig);
        yield return new("5.2 the longest length there is, header only", Convert.FromHexString("82FF7FFFFFFFFFFFFFFF"), TooBig);
        yield return new("5.2 a header that stops before its length", Convert.FromHexString("81FF00000000000100"));
        yield return new("5.2 a header that stops before its mask", Convert.FromHexString("8185112233"));
        yield return new("5.2 a payload that stops before its end", ClientFrame.Of(Opcode.Text, "Hello")[..^1]);
    }

    private static IEnumerable<Case> WrongLengths()
    {
        foreach (var length in new[] { 0, 1, 125 })
            yield return new($"5.2 {length} written in 16 bits", [0x81, 0xFE, 0, (byte)length, 0, 0, 0, 0], Broken);
        foreach (var length in new[] { 0, 1, 125, 126, 65535 })
            yield return new($"5.2 {length} written in 64 bits", [0x81, 0xFF, 0, 0, 0, 0, 0, 0, (byte)(length >> 8), (byte)length], Broken);
        yield return new("5.2 64 bits, the highest set", Convert.FromHexString("81FF8000000000000005"), Broken);
        yield return new("5.2 64 bits, all set", Convert.FromHexString("81FFFFFFFFFFFFFFFFFF"), Broken);
    }

    private static IEnumerable<Case> Bits()
    {
        for (var reserved = 1; reserved <= 7; reserved++)
            foreach (var opcode in new[] { Opcode.Text, Opcode.Binary, Opcode.Close, Opcode.Ping, Opcode.Pong })
                yield return new($"5.2 reserved bits {reserved} on {opcode}", With(ClientFrame.Of(opcode, ""), f => f[0] |= (byte)(reserved << 4)), Broken);
        foreach (var opcode in new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
        {
            yield return new($"5.2 opcode {opcode}", With(ClientFrame.Of(Opcode.Text, "x"), f => f[0] = (byte)(0x80 | opcode)), Broken);
            yield return new(
                $"5.2 opcode {opcode} behind a message",
                [.. ClientFrame.Of(Opcode.Text, "first"), .. With(ClientFrame.Of(Opcode.Text, ""), f => f[0] = (byte)(0x80 | opcode))], "Text:first", Broken);
        }

        yield return new(
            "5.2 reserved bit on a continuation",
            [.. ClientFrame.Of(Opcode.Text, "a", isFinal: false), .. With(ClientFrame.Of(Opcode.Continuation, "b"), f => f[0] |= 0x40)], Broken);
    }

    private static IEnumerable<Case> Masks()
    {
        foreach (var opcode in new[] { 1, 2, 8, 9, 10 })
            yield return new($"5.1 opcode {opcode} without a mask", [(byte)(0x80 | opcode), 0], Broken);
        yield return new("5.1 a text without a mask", [0x81, 5, .. "Hello"u8], Broken);
        yield return new("5.1 a long text without a mask", [0x81, 126, 1, 0], Broken);
        yield return new("5.3 a mask of zeros", [0x81, 0x85, 0, 0, 0, 0, .. "Hello"u8], "Text:Hello");
        yield return new("5.3 a mask of ones", [0x81, 0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0x9E], "Text:a");
        yield return new("5.3 an empty text with a mask", Convert.FromHexString("818001020304"), "Text:");
        for (var length = 2; length <= 70; length += 4)
            yield return new(
                $"5.3 masks by fours, {length} bytes in two frames",
                [.. ClientFrame.Of(Opcode.Binary, Counting(length), isFinal: false), .. ClientFrame.Of(Opcode.Continuation, Counting(length + 1))],
                "Binary:" + Convert.ToHexString([.. Counting(length), .. Counting(length + 1)]));
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static byte[] With(byte[] frame, Action<byte[]> change)
    {
        change(frame);
        return frame;
    }
}
